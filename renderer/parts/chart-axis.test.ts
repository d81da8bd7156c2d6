/** Axes show every number, at round ticks. */
import { expect, test } from 'vitest';
import {
  pointStyleOf,
  smoothedLimits,
  stepLimits,
  stepRange,
  symmetricLog,
  symmetricLogOf,
  symmetricWords,
  tickText,
  ticksOf,
} from './chart-axis.ts';

test('a zoomed range ends at whole steps, however it was drawn, and has at least one', () => {
  expect(stepRange(178.6, 299.2)).toEqual({ from: 179, to: 299 });
  expect(stepRange(299.2, 178.6)).toEqual({ from: 179, to: 299 });
  expect(stepRange(5.1, 5.2)).toEqual({ from: 5, to: 6 });
});

test('a single step lies in the middle of its axis, as a dot that is not cut', () => {
  expect(stepLimits({ from: 500, to: 500 })).toEqual({ min: 499, max: 501 });
  expect(stepLimits({ from: 1, to: 500 })).toEqual({ min: 1, max: 500 });
  expect(pointStyleOf(1)).toEqual({ pointRadius: 4, clip: false });
  expect(pointStyleOf(2)).toEqual({ pointRadius: 0 });
  expect(pointStyleOf(2, true)).toEqual({ pointRadius: 3, clip: false });
  expect(pointStyleOf(500, true)).toEqual({ pointRadius: 0 });
});

test('numbers above zero need no symmetric axis, with or without gaps', () => {
  expect(symmetricLogOf([Float64Array.of(0.5, NaN, 3)])).toBeUndefined();
  expect(symmetricLogOf([])).toBeUndefined();
});

test('every number, also at or below zero, has its own position on the symmetric axis, in order', () => {
  const scale = symmetricLogOf([Float64Array.of(0.5, -3, 0, NaN), Float64Array.of(-120, 40, 0.02)])!;
  const values = [-120, -3, -0.5, -0.001, 0, 0.001, 0.02, 0.5, 40];
  const positions = values.map(scale.positionOf);
  expect([...positions].sort((a, b) => a - b)).toEqual(positions);
  expect(new Set(positions).size).toBe(values.length);
  positions.forEach((position, index) => expect(scale.valueAt(position)).toBeCloseTo(values[index]!, 9));
  expect(symmetricWords(scale)).toContain('this one is linear between −0.1 and 0.1');
});

test('one number near zero does not stretch the axis over many decades', () => {
  const values = Float64Array.from({ length: 1000 }, (_, index) => (index === 7 ? -1e-9 : 1 + index));
  expect(symmetricLogOf([values])!.threshold).toBe(10);
  expect(symmetricLogOf([Float64Array.of(0, 0)])!.threshold).toBe(1);
});

test('its ticks are zero and powers of ten on both sides, and finer ones if those are few', () => {
  const scale = symmetricLog(0.1);
  const values = (from: number, to: number): number[] =>
    ticksOf(scale, { from: scale.positionOf(from), to: scale.positionOf(to) }).map((position) =>
      Number(scale.valueAt(position).toPrecision(6)),
    );
  expect(values(-10, 10)).toEqual([-10, -1, -0.1, 0, 0.1, 1, 10]);
  expect(values(-30, -3)).toEqual([-20, -10, -5]);
  expect(values(-1e5, 1e5)).toContain(0);
  expect(values(-1e5, 1e5).length).toBeLessThanOrEqual(8);
});

test('ticks have a real minus and no needless digits', () => {
  expect([-10, 0, 0.25, 1500, -0.00002].map(tickText)).toEqual(['−10', '0', '0.25', '1,500', '−0.00002']);
});

test('a few outliers do not set the axis of a smoothed line', () => {
  const calm = Float64Array.from({ length: 1000 }, (_, index) => 1 + (index % 10) / 10);
  const smoothed = calm.map(() => 1.45);
  expect(smoothedLimits([calm], [smoothed])).toEqual({});
  const spiked = calm.map((value, index) => (index === 500 ? 80 : value));
  const { min, max } = smoothedLimits([spiked], [smoothed]);
  expect(min).toBeUndefined();
  expect(max).toBeGreaterThan(1.9);
  expect(max).toBeLessThan(3);
  expect(smoothedLimits([Float64Array.of(1)], [Float64Array.of(1)])).toEqual({});
  expect(smoothedLimits([], [])).toEqual({});
});
