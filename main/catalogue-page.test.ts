import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withCatalogue } from './catalogue-page.ts';

test('docs/catalogue.md tells of the catalogue as it is; if not, run: npm run docs', () => {
  const page = readFileSync(path.join(import.meta.dirname, '..', 'docs', 'catalogue.md'), 'utf8');
  expect(page).toBe(withCatalogue(page));
});
