import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { qualityPage } from './quality-page.ts';
import { addResult, isMeasured, readResults, type Result } from './quality-record.ts';

const DOCS = path.resolve('docs');

const result: Result = {
  row: 'few-pictures',
  set: 'emoji',
  seed: 1,
  minutes: 5,
  settings: '0123abcd',
  commit: '0123abcd',
  processor: 'a processor',
  steps: 2000,
  memoryMB: 500,
  kid: 400,
  kidError: 10,
  frechet: 500,
  precision: 0.1,
  recall: 0.02,
  variety: 25,
  copies: 0.01,
  chequering: 2,
};

function temporaryFile(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-quality-record-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  return path.join(folder, 'quality.json');
}

test('a result is stored, and recognised by row, set, seed, time and settings', () => {
  const file = temporaryFile();
  expect(readResults(file)).toEqual([]);
  addResult(file, result);
  addResult(file, { ...result, seed: 2 });
  const results = readResults(file);
  expect(results).toEqual([result, { ...result, seed: 2 }]);
  expect(isMeasured(results, result)).toBe(true);
  for (const other of [
    { row: 'all-round' },
    { set: 'digits' as const },
    { seed: 3 },
    { minutes: 2 },
    { settings: 'other' },
  ])
    expect(isMeasured(results, { ...result, ...other })).toBe(false);
});

test('a file of another format is refused', () => {
  const file = temporaryFile();
  fs.writeFileSync(file, JSON.stringify([{ ...result, kid: 'low' }]));
  expect(() => readResults(file)).toThrow();
});

const others: Result[] = [
  { ...result, row: 'few-pictures-before', kid: 500 },
  { ...result, row: 'pytorch-small', kid: 390 },
  { ...result, row: 'real', kid: 2, chequering: 1.5 },
];

test('the page says what is reached and what is missed', () => {
  const page = qualityPage([result, ...others]);
  expect(page).toContain('KID is 0.80 of what it was (aim: 0.75, missed)');
  expect(page).toContain('1.03 of the better peer’s (missed)');
  expect(page).toContain('1.3 times that of real pictures (aim: 2 at most, reached)');
  // Only the seeds that both have are compared.
  const better = qualityPage([{ ...result, kid: 300 }, { ...result, seed: 2, kid: 320 }, ...others]);
  expect(better).toContain(
    'KID is 0.60 of what it was (aim: 0.75, reached), and 0.77 of the better peer’s (reached)',
  );
  expect(better).toContain('| 2 | 2000 | 500 | 310 ± 14 |');
});

test('docs/quality.md matches docs/quality.json; if not, run: npm run -s bench -- quality', () => {
  const results = readResults(path.join(DOCS, 'quality.json'));
  expect(results.length).toBeGreaterThan(0);
  expect(fs.readFileSync(path.join(DOCS, 'quality.md'), 'utf8')).toBe(qualityPage(results));
});
