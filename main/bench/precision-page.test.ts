/** docs/precision.md pairs runs of one seed, and says whether they differ by more than chance. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { precisionPage } from './precision-page.ts';
import { readResults, type PrecisionResult } from './precision-record.ts';

const DOCS = path.resolve('docs');
const result = (changes: Partial<PrecisionResult>): PrecisionResult => ({
  row: 'DCGAN',
  seed: 1,
  precision: 'float32',
  steps: 1000,
  commit: 'abc',
  processor: 'Xeon',
  kid: 500,
  kidError: 10,
  refused: 0,
  milliseconds: 70,
  ...changes,
});
const linesOf = (...bfloat16: Partial<PrecisionResult>[]) =>
  precisionPage([result({}), ...bfloat16.map((each) => result({ precision: 'bfloat16', ...each }))]).split(
    '\n',
  );

test.each([
  [525, 'yes'],
  [560, 'no'],
  [440, 'better'],
])('a KID of %d beside 500 ± 10 is within its error: %s', (kid, within) => {
  const row = linesOf({ kid }).find((line) => line.startsWith('| DCGAN'));
  expect(row).toContain(`| 500 ± 10 | ${kid} ± 10 | ${within} | 0 and 0 |`);
});

test('the seeds of a row have their means, and the mean of their differences its standard error', () => {
  const other = [result({ seed: 2, kid: 520 }), result({ seed: 2, kid: 530, precision: 'bfloat16' })];
  const page = precisionPage([result({}), result({ kid: 490, precision: 'bfloat16' }), ...other]);
  expect(page).toContain('| DCGAN | 2 | 510 | 510 | 0 ± 10 |');
});

test('a run without its partner is left out, and a longer one is listed separately', () => {
  expect(linesOf({ seed: 2 }).some((line) => line.startsWith('| DCGAN'))).toBe(false);
  expect(linesOf({ steps: 5000, refused: 1 })).toContain(
    '- DCGAN, seed 1: 5000 steps, 1 of them refused; KID 500 ± 10.',
  );
});

test('docs/precision.md matches docs/precision.json; if not, run: npm run -s bench -- precision', () => {
  const results = readResults(path.join(DOCS, 'precision.json'));
  expect(fs.readFileSync(path.join(DOCS, 'precision.md'), 'utf8')).toBe(precisionPage(results));
});
