/** The pictures of a sample grid have names that say what they are. */
import { expect, test } from 'vitest';
import { aboutSample, sampleFile } from './about-sample.ts';

const run = { classes: ['cats', 'dogs'], isPoints: false };

test('samples are counted from 1, and named with their class if they have one', () => {
  expect(aboutSample({ count: 9 }, 4, { classes: [], isPoints: false })).toEqual({
    kind: 'generated',
    name: 'Sample 5',
  });
  expect(aboutSample({ count: 4, columns: 2, rows: ['cats', 'dogs'] }, 2, run)).toEqual({
    kind: 'generated',
    name: 'Sample 3, class dogs',
    class: 'dogs',
  });
});

test('pictures of the data and the same rebuilt are not called generated', () => {
  const grid = { count: 8, columns: 2, rows: ['pictures', 'rebuilt', 'cats', 'dogs'] };
  expect([0, 2, 4].map((index) => aboutSample(grid, index, run).kind)).toEqual([
    'picture',
    'rebuilt',
    'generated',
  ]);
  expect(aboutSample(grid, 1, run).name).toBe('Sample 2, a picture of the data');
});

test('a row of new pictures has no class', () => {
  const grid = { count: 6, columns: 2, rows: ['pictures', 'rebuilt', 'new'] };
  expect(aboutSample(grid, 5, { classes: [], isPoints: false })).toEqual({
    kind: 'generated',
    name: 'Sample 6',
  });
});

test('points are one picture', () => {
  expect(aboutSample({ count: 1 }, 0, { classes: [], isPoints: true }).kind).toBe('points');
});

test('the file name of a sample has its run, step and number, and no character that a file system refuses', () => {
  expect(sampleFile({ run: 'Emoji: a/b', step: 1200, index: 4 })).toBe('Emoji ab step 1200 sample 5');
  expect(sampleFile({ run: '///', step: 0, index: 0 })).toBe('run step 0 sample 1');
});
