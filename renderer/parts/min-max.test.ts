/** A thinned line has the same extremes as the whole one. */
import { expect, test } from 'vitest';
import { lastKnown, minMaxPoints, nearestIndex } from './min-max.ts';

const x = Float64Array.from({ length: 10_000 }, (_, i) => i);

test('a single spike among ten thousand points is drawn', () => {
  const y = new Float64Array(10_000).fill(1);
  y[6789] = 42;
  y[1234] = -7;
  const points = minMaxPoints({ x, y, from: 0, to: 9999, buckets: 300 });
  expect(points.length).toBeLessThanOrEqual(600);
  expect(points).toContainEqual({ x: 6789, y: 42 });
  expect(points).toContainEqual({ x: 1234, y: -7 });
});

test('points stay in order', () => {
  const y = Float64Array.from(x, (value) => Math.sin(value * 12.9898) * 43.7);
  const points = minMaxPoints({ x, y, from: 0, to: 9999, buckets: 100 });
  for (let i = 1; i < points.length; i++) expect(points[i]!.x).toBeGreaterThan(points[i - 1]!.x);
});

test('a short range is drawn point for point, with one beyond each end', () => {
  const points = minMaxPoints({ x, y: x, from: 100, to: 110, buckets: 100 });
  expect(points[0]).toEqual({ x: 99, y: 99 });
  expect(points.at(-1)).toEqual({ x: 110, y: 110 });
});

test('the nearest point is found from either side', () => {
  const steps = Float64Array.of(10, 20, 30);
  expect(nearestIndex(steps, 0)).toBe(0);
  expect(nearestIndex(steps, 14)).toBe(0);
  expect(nearestIndex(steps, 16)).toBe(1);
  expect(nearestIndex(steps, 99)).toBe(2);
  expect(nearestIndex(new Float64Array(0), 1)).toBe(-1);
});

test('a line with gaps is drawn through its own points, and to the edges of a zoom', () => {
  const y = Float64Array.from(x, (step) => (step % 5 === 4 ? step : NaN));
  const points = minMaxPoints({ x, y, from: 101, to: 111, buckets: 100 });
  expect(points.map((point) => point.x)).toEqual([99, 104, 109, 114]);
  expect(points.every((point) => point.y === point.x)).toBe(true);
  for (const point of minMaxPoints({ x, y, from: 0, to: 9999, buckets: 100 })) expect(point.y).toBe(point.x);
});

test('in a gap, the last number before it counts; before the first number there is none', () => {
  const y = Float64Array.of(NaN, 3, NaN, NaN, 4);
  expect([0, 1, 2, 3, 4, 9].map((index) => lastKnown(y, index))).toEqual([-1, 1, 1, 1, 4, 4]);
});
