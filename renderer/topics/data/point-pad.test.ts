/** A click on the pad is a point of the plane, and a point is found where it was set. */
import { expect, test } from 'vitest';
import { padOver, reachOf } from './point-pad.ts';

test('a click becomes a point in round numbers, y upwards', () => {
  const pad = padOver({ side: 200, reach: 2 });
  expect(pad.pointAt([100, 100])).toEqual([0, 0]);
  expect(pad.pointAt([150, 50])).toEqual([1, 1]);
  expect(pad.pointAt([0, 200])).toEqual([-2, -2]);
  expect(pad.pixelOf([1, 1])).toEqual([150, 50]);
});

test('a point is found under the pointer, the last one set first', () => {
  const pad = padOver({ side: 200, reach: 2 });
  const centres = [
    [0, 0],
    [1, 1],
    [0.02, 0],
  ] as const;
  expect(pad.indexAt(centres, [152, 49])).toBe(1);
  expect(pad.indexAt(centres, [100, 100])).toBe(2);
  expect(pad.indexAt(centres, [20, 20])).toBe(-1);
});

test('the pad has room for every point', () => {
  expect(reachOf([])).toBe(2);
  expect(reachOf([[1.9, 0]])).toBe(2);
  expect(reachOf([[0, -1.95]])).toBe(5);
  expect(reachOf([[42, 7]])).toBe(50);
});
