import { expect, test } from 'vitest';
import { modesOf } from './modes.ts';

const target = {
  centres: [
    [0, 0],
    [1, 0],
  ] as [number, number][],
  deviation: 0.1,
};

test('samples within three deviations of the nearest mode are of high quality, and count as finding it', () => {
  expect(modesOf(Float32Array.from([0, 0.29, 0, 0.31, 0.5, 0.5, 0.1, -0.1]), target)).toEqual({
    modes: 1,
    highQuality: 0.5,
  });
  expect(modesOf(Float32Array.from([0.9, 0, 0.01, 0]), target)).toEqual({ modes: 2, highQuality: 1 });
});
