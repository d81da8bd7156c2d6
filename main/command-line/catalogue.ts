/** `catalogue`: what a run can be made of, as text. */
import fs from 'node:fs';
import { cataloguePage, withCatalogue } from '../catalogue-page.ts';
import { writeWhole } from '../runs/index.ts';

/**
 * Answers the page; or renews the generated part of a file, which need not be there, and answers its path.
 */
export function catalogueCommand({ into }: { into?: string }): string {
  if (into === undefined) return cataloguePage();
  writeWhole(into, Buffer.from(withCatalogue(fs.existsSync(into) ? fs.readFileSync(into, 'utf8') : '')));
  return into;
}
