/** D's boundary lies where the grid of its outputs crosses the level. */
import { expect, test } from 'vitest';
import { boundaryOf } from './boundary.ts';

const SIDE = 20;
const grid = (of: (x: number, y: number) => number) => ({
  side: SIDE,
  values: Float32Array.from({ length: SIDE * SIDE }, (_, cell) =>
    of((2 * (cell % SIDE) + 1) / SIDE - 1, 1 - (2 * Math.floor(cell / SIDE) + 1) / SIDE),
  ),
});

test('the boundary of an inclined plane is a straight line', () => {
  const segments = boundaryOf(
    grid((x, y) => x + 0.5 * y),
    0.25,
  );
  expect(segments.length).toBeGreaterThan(SIDE / 2);
  for (const [x1, y1, x2, y2] of segments)
    for (const [x, y] of [
      [x1, y1],
      [x2, y2],
    ] as const)
      expect(x + 0.5 * y).toBeCloseTo(0.25, 5);
});

test('the boundary of a cone is a circle about its tip', () => {
  for (const [x1, y1] of boundaryOf(
    grid((x, y) => -Math.hypot(x, y)),
    -0.6,
  ))
    expect(Math.hypot(x1, y1)).toBeCloseTo(0.6, 1);
});

test('there is no boundary where all values lie on one side', () => {
  expect(
    boundaryOf(
      grid(() => 1),
      0,
    ),
  ).toEqual([]);
});
