import { expect, test } from 'vitest';
import { sharesOf } from './shares.ts';

test('shares are parts of the whole, whatever the signs of the numbers', () => {
  const shares = sharesOf(Float32Array.from([-4, 1, 1, 1, 1, 1, 1, 0, 0, 0]))!;
  expect(shares).toMatchObject({ count: 10, even: 0.1, largest: 0.4, topTenth: 0.4, median: 0.1 });
  expect(shares.histogram.reduce((sum, count) => sum + count, 0)).toBe(10);
  expect(shares.histogram[0]).toBe(3);
});

test('with equal gradients, every number has the even share', () => {
  const shares = sharesOf(new Float32Array(20).fill(-2))!;
  expect(shares.largest).toBeCloseTo(shares.even, 12);
  expect(shares.topTenth).toBeCloseTo(0.1, 12);
  expect(shares.histogram.filter((count) => count > 0)).toEqual([20]);
});

test('if no gradient comes, there are no shares', () => {
  expect(sharesOf(new Float32Array(4))).toBeUndefined();
});
