/** The pictures of a data set grow with the window. */
import { expect, test } from 'vitest';
import { pictureSide } from './picture-side.ts';

test('pictures are larger in a larger window, by whole numbers', () => {
  const sides = [
    { width: 540, windowHeight: 600 },
    { width: 820, windowHeight: 800 },
    { width: 1240, windowHeight: 1000 },
  ].map((room) => pictureSide({ size: 28, density: 1, ...room }));
  expect(sides).toEqual([56, 84, 112]);
});

test('with ten classes in a window 1000 pixels high, every row is seen', () => {
  const side = pictureSide({ size: 28, width: 1240, windowHeight: 1000, rows: 10, density: 1 });
  expect(side).toBe(84);
});

test('pictures with more pixels than there is room for shrink, but to no less than the smallest side', () => {
  expect(pictureSide({ size: 256, width: 300, windowHeight: 400, density: 1 })).toBe(56);
});

test('with two device pixels per CSS pixel, a picture is a whole multiple of itself in device pixels', () => {
  expect(pictureSide({ size: 64, width: 1000, windowHeight: 900, density: 2 })).toBe(96);
});
