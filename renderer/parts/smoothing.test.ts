/** Smoothing changes what is drawn, never where a line starts. */
import { expect, test } from 'vitest';
import { smooth, smoothedAt } from './smoothing.ts';

test('weight 0 returns the same array', () => {
  const values = Float64Array.of(3, 1, 2);
  expect(smooth(values, 0)).toBe(values);
});

test('a constant line stays constant from its first value on', () => {
  for (const value of smooth(new Float64Array(50).fill(0.7), 0.95)) expect(value).toBeCloseTo(0.7, 12);
});

test('a NaN leaves a gap and does not spread', () => {
  const smoothed = smooth(Float64Array.of(1, NaN, 1), 0.5);
  expect(smoothed[1]).toBeNaN();
  expect(smoothed[2]).toBeCloseTo(1, 12);
});

test('a single smoothed value is the one that the smoothed line has there', () => {
  const values = Float64Array.from({ length: 5000 }, (_, index) => Math.sin(index) + index / 1000);
  values[4990] = NaN;
  for (const weight of [0, 0.5, 0.9, 0.99]) {
    const line = smooth(values, weight);
    for (const index of [0, 7, 500, 4999])
      expect(smoothedAt(values, index, weight)).toBeCloseTo(line[index]!, 3);
  }
  expect(smoothedAt(values, -1, 0.9)).toBeUndefined();
});
