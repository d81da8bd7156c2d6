/** Points are drawn by keys as well as by the pointer. */
import { expect, test } from 'vitest';
import { isApart, movedBy } from './drawing.ts';

const press = (key: string, shiftKey = false) => movedBy({ key, shiftKey }, [0, 1.39], 1.4);

test('arrow keys move the cursor, further with Shift, and never off the plane', () => {
  expect(press('ArrowLeft')).toEqual([-0.028, 1.39]);
  expect(press('ArrowDown', true)).toEqual([0, 1.25]);
  expect(press('ArrowUp')).toEqual([0, 1.4]);
  expect(press('a')).toBeUndefined();
});

test('the points of a stroke lie a share of the plane apart, whatever its size', () => {
  expect(isApart({ one: [0, 0], other: [0.05, 0], extent: 1 })).toBe(false);
  expect(isApart({ one: [0, 0], other: [0.05, 0.07], extent: 1 })).toBe(true);
  expect(isApart({ one: [0, 0], other: [0.5, 0.7], extent: 100 })).toBe(false);
});
