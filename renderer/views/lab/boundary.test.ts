/** The line of D's indecision lies where the grid crosses the level. */
import { expect, test } from 'vitest';
import { boundaryOf } from './boundary.ts';

const SIDE = 20;
const grid = (of: (x: number, y: number) => number) => ({
  side: SIDE,
  values: Float32Array.from({ length: SIDE * SIDE }, (_, cell) =>
    of((2 * (cell % SIDE) + 1) / SIDE - 1, 1 - (2 * Math.floor(cell / SIDE) + 1) / SIDE),
  ),
});

test('of a slope it is a straight line', () => {
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

test('of a hill it is a ring about the top', () => {
  for (const [x1, y1] of boundaryOf(
    grid((x, y) => -Math.hypot(x, y)),
    -0.6,
  ))
    expect(Math.hypot(x1, y1)).toBeCloseTo(0.6, 1);
});

test('where all lies on one side there is none', () => {
  expect(
    boundaryOf(
      grid(() => 1),
      0,
    ),
  ).toEqual([]);
});
