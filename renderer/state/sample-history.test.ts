/** The history of sample grids is bounded, ordered, and keeps its ends. */
import { expect, test } from 'vitest';
import { gridLimit, withGrid, type SampleGrid } from './sample-history.ts';

const grid = (step: number): SampleGrid => ({
  step, images: { count: 1, size: 2, channels: 1, pixels: new Uint8Array(4) },
});

test('the first and the newest grid survive any number of additions', () => {
  let history: SampleGrid[] = [];
  for (let step = 0; step < 5000; step += 5) history = withGrid(history, grid(step));
  expect(history.length).toBeLessThanOrEqual(gridLimit(4));
  expect(history[0]?.step).toBe(0);
  expect(history.at(-1)?.step).toBe(4995);
  expect(history.map((each) => each.step)).toEqual(history.map((each) => each.step).sort((a, b) => a - b));
});

test('a grid of a step seen before replaces it and what came after', () => {
  const history = withGrid([grid(0), grid(50), grid(100)], grid(50));
  expect(history.map((each) => each.step)).toEqual([0, 50]);
});

test('large grids are kept in smaller number', () => {
  expect(gridLimit(64 * 128 * 128 * 3)).toBe(32);
  expect(gridLimit(1)).toBe(200);
  expect(gridLimit(1e9)).toBe(8);
});
