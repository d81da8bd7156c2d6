import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cataloguePage, withCatalogue } from './catalogue-page.ts';

test('docs/catalogue.md is up to date with the catalogue; if not, run: npm run docs', () => {
  const page = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'catalogue.md'), 'utf8');
  expect(page).toBe(withCatalogue(page));
});

test('the text below the generated part stays, also when the line between them has changed', () => {
  const below = '\n\n## Figures\n\nMeasured.\n';
  const older = `# Catalogue\n\n<!-- Up to this line: another command -->${below}`;
  expect(withCatalogue(older)).toBe(cataloguePage() + below);
  expect(withCatalogue(withCatalogue(older))).toBe(cataloguePage() + below);
});
