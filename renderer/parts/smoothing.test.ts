/** Smoothing changes what is drawn, never where a line starts. */
import { expect, test } from 'vitest';
import { smooth } from './smoothing.ts';

test('weight 0 gives the very same values', () => {
  const values = Float64Array.of(3, 1, 2);
  expect(smooth(values, 0)).toBe(values);
});

test('a constant line stays constant from its first value on', () => {
  for (const value of smooth(new Float64Array(50).fill(0.7), 0.95)) expect(value).toBeCloseTo(0.7, 12);
});

test('a value that is not a number leaves a gap and does not spread', () => {
  const smoothed = smooth(Float64Array.of(1, NaN, 1), 0.5);
  expect(smoothed[1]).toBeNaN();
  expect(smoothed[2]).toBeCloseTo(1, 12);
});
