/** Data and time in words, before a run begins. */
import { expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, STUDY_POINTS } from '#main/contract/index.ts';
import { dataInWords, longInWords, roughly, timeInWords } from './setup-words.ts';
import { summaryOf } from './test-dataset.ts';

const summary = summaryOf({
  source: { kind: 'files', paths: ['/a'] },
  options: DEFAULT_DATASET_OPTIONS,
  leftOut: [],
});

test('data are named by what a preset is recommended for', () => {
  expect(dataInWords({ ...summary, count: 290 })).toBe('your 290 pictures');
  const classes = ['a', 'b'].map((name) => ({ name, count: 5 }));
  expect(dataInWords({ ...summary, count: 3000, classes })).toBe('your 3,000 pictures in 2 classes');
  expect(dataInWords({ ...summary, source: { kind: 'built-in', name: 'digits' } })).toBe('these 3 pictures');
  expect(dataInWords({ ...summary, source: { kind: 'points', points: STUDY_POINTS.ring } })).toBe(
    'these points',
  );
});

test('a time is as exact as it is known', () => {
  expect([1, 43, 56, 119, 725, 3599, 3700, 19_680, 50_000, 200_000].map(roughly)).toEqual([
    '5 s',
    '45 s',
    '1 min',
    '2 min',
    '12 min',
    '1 h',
    '1 h',
    '5 h 30 min',
    '14 h',
    '2 days',
  ]);
  expect(timeInWords(725)).toBe('About 12 min on this computer.');
});

test('more than an hour is said plainly', () => {
  expect(longInWords(3600, 20_000)).toBeUndefined();
  expect(longInWords(19_680, 20_000)).toMatch(/^20,000 steps take about 5 h 30 min on this computer\./);
});
