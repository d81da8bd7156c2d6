/** Growth is distinguished from noise. */
import { expect, test } from 'vitest';
import { chanceOf } from './actions.ts';
import { growsBeyond, trendOf, type Point } from './trend.ts';

function noisy({ perHour, noise, seed }: { perHour: number; noise: number; seed: number }): Point[] {
  const chance = chanceOf(seed);
  return Array.from({ length: 40 }, (_, minute) => {
    const hours = minute / 60;
    return { hours, value: 500 + perHour * hours + noise * (chance() - 0.5) };
  });
}

test('the slope of points on a line is that of the line, with no error', () => {
  const trend = trendOf([0, 1, 2, 3].map((hours) => ({ hours, value: 7 + 12 * hours })));
  expect(trend?.perHour).toBeCloseTo(12, 10);
  expect(trend?.error).toBeCloseTo(0, 10);
});

test('the standard error is the one in textbooks', () => {
  const trend = trendOf([1, 2, 3, 4].map((hours, index) => ({ hours, value: [2, 3, 5, 4][index]! })));
  expect(trend?.perHour).toBeCloseTo(0.8, 10);
  expect(trend?.error).toBeCloseTo(Math.sqrt(0.9 / 5), 10); // squared residuals: 1.8; two degrees of freedom
});

test('a leak is found in noise, and noise is no leak', () => {
  const leak = trendOf(noisy({ perHour: 150, noise: 60, seed: 1 }));
  const none = trendOf(noisy({ perHour: 0, noise: 60, seed: 2 }));
  expect(leak && growsBeyond(leak, 40)).toBe(true);
  expect(none && growsBeyond(none, 40)).toBe(false);
});

test('too few points, or points of one time, have no slope', () => {
  expect(trendOf([])).toBeUndefined();
  expect(trendOf([1, 2].map((hours) => ({ hours, value: hours })))).toBeUndefined();
  expect(trendOf([1, 1, 1].map((hours) => ({ hours, value: 5 })))).toBeUndefined();
});
