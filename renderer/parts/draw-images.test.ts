/** How large images are drawn on a canvas, and whether their pixels stay sharp. */
import { expect, test } from 'vitest';
import { laidOut, smooths, snapped } from './draw-images.ts';

test('pixels are enlarged by a whole number when there is room', () => {
  expect(snapped(60, 28)).toBe(56);
});

test('pixels are enlarged by a whole number and a half if that fills the room better', () => {
  expect(snapped(98.5, 28)).toBe(98);
  expect(snapped(87, 28)).toBe(84);
});

test('pixels are enlarged unevenly rather than leave much of the room empty', () => {
  expect(snapped(50, 28)).toBe(50);
  expect(snapped(98.4, 64)).toBe(98);
});

test('images too large for the room shrink into it, and never to nothing', () => {
  expect(snapped(58.9, 128)).toBe(58);
  expect(snapped(0, 28)).toBe(1);
});

test('images follow one another from the left to the right', () => {
  const { spots, rows, width, height } = laidOut({ count: 5, columns: 3, gap: 2, cell: 10 });
  expect(spots.at(-1)).toEqual({ x: 12, y: 12 });
  expect([rows, width, height]).toEqual([2, 34, 22]);
});

test('pixels stay sharp where they are enlarged evenly, or so much that it does not show', () => {
  expect([smooths(56, 28), smooths(190, 64)]).toEqual([false, false]);
  expect([smooths(98, 64), smooths(58, 128), smooths(300, 256)]).toEqual([true, true, true]);
});
