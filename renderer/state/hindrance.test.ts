/** What the page says before a run can be started. */
import { expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, STUDY_POINTS, type DatasetSummary } from '#main/contract/index.ts';
import { expectationOf, hindranceOf, unevenClasses } from './hindrance.ts';
import { summaryOf } from './test-dataset.ts';

const summary: DatasetSummary = summaryOf({
  source: { kind: 'files', paths: ['/a'] },
  options: DEFAULT_DATASET_OPTIONS,
  leftOut: [],
});

const hindranceWith = (dataset: object, batch = 2) =>
  hindranceOf({ dataset, settings: { draft: { batch }, length: {} }, check: {} } as unknown as Parameters<
    typeof hindranceOf
  >[0]);
const said = (dataset: object) => hindranceWith(dataset)?.message;

test('Start is off while there is nothing to train on, and says why', () => {
  expect(said({ opening: summary.source })).toBe('The data set is being prepared.');
  expect(said({})).toBe('There is no data set yet.');
  expect(said({ failure: { message: '/cats is gone.', remedy: '' } })).toBe('/cats is gone.');
  expect(said({ summary: { ...summary, count: 0 } })).toBe('Every picture is left out.');
  expect(said({ summary: { ...summary, count: 0, usable: 0 } })).toBe('No picture of “Set” can be used.');
  expect(said({ summary, choice: {}, changed: { message: '10 of 40 are missing.' } })).toBe(
    'These settings belong to a run that was trained on other pictures.',
  );
  expect(said({ summary, choice: {} })).toBeUndefined();
});

test('a batch larger than the data set hinders Start, and one button corrects it', () => {
  const dataset = { summary: { ...summary, count: 54 }, choice: {} };
  expect(hindranceWith(dataset, 54)).toBeUndefined();
  expect(hindranceWith(dataset, 64)).toEqual({
    message: 'A batch of 64 is larger than the data set, which has 54 pictures.',
    remedy: '',
    fix: { label: 'Use a batch of 54', change: { kind: 'set', path: 'batch', value: 54 } },
  });
  const points = { ...summary, count: 54, source: { kind: 'points', points: STUDY_POINTS.ring } };
  expect(hindranceWith({ summary: points, choice: {} }, 64)).toBeUndefined();
});

test('a time whose steps are not known yet hinders Start, unless they cannot be known', () => {
  const of = (estimate: object, refusal?: object) =>
    hindranceOf({
      dataset: { summary, choice: {} },
      settings: { draft: { batch: 2 }, length: { isPending: true } },
      check: { refusal },
      estimate,
    } as unknown as Parameters<typeof hindranceOf>[0]);
  expect(of({ failed: false })).toMatchObject({
    message: 'The time per step is being measured.',
    remedy: 'Start is ready in a few seconds, or type a number of steps.',
    isMeasuring: true,
  });
  expect(of({ failed: true })).toBeUndefined();
  expect(of({ failed: false }, { message: 'No.', remedy: '' })).toEqual({ message: 'No.', remedy: '' });
});

test('few pictures have a warning; a single one does not, since it cannot be trained on, and neither do points', () => {
  for (const count of [2, 5, 8, 19])
    expect(expectationOf({ ...summary, count })).toContain(
      `With ${count} pictures, the generator (G) will copy them`,
    );
  for (const count of [1, 20, 50]) expect(expectationOf({ ...summary, count })).toBeUndefined();
  expect(
    expectationOf({ ...summary, source: { kind: 'points', points: STUDY_POINTS.ring } }),
  ).toBeUndefined();
});

test('classes are uneven where one has more than three times the pictures of another', () => {
  const of = (...counts: number[]) =>
    unevenClasses({ classes: counts.map((count, index) => ({ name: String(index), count })) });
  expect(of(30, 10)).toBeUndefined();
  expect(of(10, 31, 20)).toEqual({ smallest: { name: '0', count: 10 }, largest: { name: '1', count: 31 } });
  expect(of()).toBeUndefined();
});
