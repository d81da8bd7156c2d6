/** The data and the time of a new run in words. */
import { expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, STUDY_POINTS } from '#main/contract/index.ts';
import { dataInWords, heldOutInWords, longInWords, roughly, timeInWords } from './setup-words.ts';
import { summaryOf } from './test-dataset.ts';

const summary = summaryOf({
  source: { kind: 'files', paths: ['/a'] },
  options: DEFAULT_DATASET_OPTIONS,
  leftOut: [],
});

test('a data set is named by its number of pictures and classes', () => {
  expect(dataInWords({ ...summary, count: 290 })).toBe('your 290 pictures');
  const classes = ['a', 'b'].map((name) => ({ name, count: 5 }));
  expect(dataInWords({ ...summary, count: 3000, classes })).toBe('your 3,000 pictures in 2 classes');
  expect(dataInWords({ ...summary, source: { kind: 'built-in', name: 'digits' } })).toBe('these 3 pictures');
  expect(dataInWords({ ...summary, source: { kind: 'points', points: STUDY_POINTS.ring } })).toBe(
    'these points',
  );
});

test('before a run starts, the page says about how many pictures the setting holds out', () => {
  const words = (count: number, asked: number) => heldOutInWords({ ...summary, count }, asked);
  const held = (number: string, of: string) =>
    `About ${number} of ${of} pictures are held out: never trained on, so that metrics can tell copies.`;
  expect(words(10_000, 0.1)).toBe(held('500', '10,000'));
  expect(words(10_000, 0.02)).toBe(held('200', '10,000'));
  expect(words(1000, 0.1)).toBe(held('100', '1,000'));
  expect(words(999, 0.1)).toBe('None is held out for metrics, since there are fewer than 1,000 pictures.');
  expect(words(10_000, 0)).toBe('No picture is held out for metrics: all are trained on.');
  expect(words(999, 0)).toBe(words(10_000, 0));
  expect(words(10_000, NaN)).toBeUndefined();
  const source = { kind: 'points' as const, points: STUDY_POINTS.ring };
  expect(heldOutInWords({ ...summary, source, count: 10_000 }, 0.1)).toBeUndefined();
});

test('a time is rounded as coarsely as it is known', () => {
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

test('a time of more than an hour has a sentence', () => {
  expect(longInWords(3600, 20_000)).toBeUndefined();
  expect(longInWords(19_680, 20_000)).toMatch(/^20,000 steps take about 5 h 30 min on this computer\./);
});
