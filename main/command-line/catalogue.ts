/** `catalogue`: prints what a run can be made of. */
import fs from 'node:fs';
import { cataloguePage, withCatalogue } from '../catalogue/index.ts';
import { requireNoFolder, writeNamed } from '../runs/index.ts';

/** Returns the page; or updates the generated part of a file, which need not exist, and returns its path. */
export function catalogueCommand({ into }: { into?: string }): string {
  if (into === undefined) return cataloguePage();
  requireNoFolder(into, 'catalogue.md');
  writeNamed(into, withCatalogue(fs.existsSync(into) ? fs.readFileSync(into, 'utf8') : ''));
  return into;
}
