/** A sample grid is described by its rows. */
import { expect, test } from 'vitest';
import { sampleWords } from './sample-words.ts';

const grid = (count: number, rows?: string[]) => ({
  step: 1000,
  images: { count, size: 1, channels: 1 as const, pixels: new Uint8Array(count), ...(rows && { rows }) },
});

test('samples, those of classes, and pictures above their rebuilding', () => {
  expect(sampleWords(grid(9), [])).toBe('9 samples of the generator at step 1,000');
  expect(sampleWords(grid(4, ['cats', 'dogs']), ['cats', 'dogs'])).toBe(
    '4 samples of the generator at step 1,000, a row for each class: cats, dogs',
  );
  expect(sampleWords(grid(9, ['pictures', 'rebuilt', 'new']), [])).toBe(
    '9 pictures at step 1,000: 1 row of pictures of the data set, each beside a row of the same rebuilt, then new pictures of the generator',
  );
  const classed = ['pictures', 'rebuilt', 'pictures', 'rebuilt', 'cats', 'dogs'];
  expect(sampleWords(grid(12, classed), ['cats', 'dogs'])).toContain(
    '2 rows of pictures of the data set, each beside a row of the same rebuilt, then new pictures of the generator, a row for each class: cats, dogs',
  );
});
