/** Images are drawn as large as their box allows. */
import { expect, test } from 'vitest';
import { fillBox, fillBoxWithRows, type FilledLayout } from './fill-grid.ts';

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));
const rows = { names: DIGITS, labelWidth: 8 };

function inside({ spots, labels, cell, width, height }: FilledLayout): boolean {
  const corners = [
    ...spots.map(({ x, y }) => [x + cell, y + cell]),
    ...labels.map((box) => [box.left + box.width, box.top + box.height]),
  ];
  return corners.every(([right = 0, bottom = 0]) => right <= width && bottom <= height);
}

test('36 images in a wide low box become 9 x 4', () => {
  const layout = fillBox({ count: 36, size: 64, width: 900, height: 400, density: 1 });
  expect([layout.columns, layout.rows, layout.cell]).toEqual([9, 4, 98]);
});

test('64 images in a square box stay 8 x 8, enlarged by a whole number', () => {
  const layout = fillBox({ count: 64, size: 28, width: 480, height: 480, density: 1 });
  expect([layout.columns, layout.rows, layout.cell]).toEqual([8, 8, 56]);
});

test('16 images come in full rows, unless others are much larger', () => {
  const box = { count: 16, size: 28, height: 420, density: 1 };
  const columnsOf = (width: number): number => fillBox({ ...box, width }).columns;
  expect([columnsOf(520), columnsOf(1000)]).toEqual([4, 8]);
  expect(fillBox({ ...box, count: 7, width: 420 }).columns).toBe(3);
});

test('a whole number is given up where it would leave much of the box empty', () => {
  expect(fillBox({ count: 1, size: 64, width: 400, height: 100, density: 1 }).cell).toBe(100);
  expect(fillBox({ count: 1, size: 64, width: 400, height: 70, density: 1 }).cell).toBe(64);
});

test('on a screen with two device pixels to a CSS pixel, a picture is enlarged in device pixels', () => {
  const layout = fillBox({ count: 1, size: 256, width: 300, height: 520, density: 2 });
  expect([layout.cell, layout.spots]).toEqual([512, [{ x: 0, y: 0 }]]);
});

test.each([
  [1000, 400],
  [500, 700],
  [420, 250],
])('ten rows of six fill at least half of a box of %i x %i', (width, height) => {
  const layout = fillBoxWithRows({ count: 60, size: 28, width, height, density: 1 }, rows);
  expect(layout.width).toBeLessThanOrEqual(width);
  expect(layout.height).toBeLessThanOrEqual(height);
  expect(inside(layout)).toBe(true);
  expect((60 * layout.cell ** 2) / (width * height)).toBeGreaterThan(0.5);
});

test('rows become columns in a low box, with their names above', () => {
  const layout = fillBoxWithRows({ count: 60, size: 28, width: 700, height: 450, density: 1 }, rows);
  expect([layout.columns, layout.rows]).toEqual([10, 6]);
  expect(layout.labels.map(({ side }) => side)).toEqual(DIGITS.map(() => 'top'));
  // The second image of the first class stands below the first one.
  expect(layout.spots[1]?.x).toBe(layout.spots[0]?.x);
  expect(layout.labels[1]?.left).toBe(layout.spots[6]?.x);
});

test('rows stand side by side in a wide box, each with its own name at the left', () => {
  const few = { names: ['a', 'b', 'c', 'd'], labelWidth: 8 };
  const layout = fillBoxWithRows({ count: 12, size: 28, width: 900, height: 180, density: 1 }, few);
  expect(layout.cell).toBeGreaterThan(80);
  expect(inside(layout)).toBe(true);
});

test('rows stay rows where turning them would gain little', () => {
  const layout = fillBoxWithRows({ count: 100, size: 28, width: 620, height: 600, density: 1 }, rows);
  expect(layout.labels[0]?.side).toBe('left');
  expect([layout.columns, layout.rows]).toEqual([10, 10]);
});

test('rows of which several have one name, such as new images, stay one below the other', () => {
  const names = ['pictures', 'rebuilt', 'new', 'new', 'new', 'new'];
  const layout = fillBoxWithRows(
    { count: 36, size: 28, width: 1400, height: 200, density: 1 },
    { names, labelWidth: 50 },
  );
  expect([layout.columns, layout.rows]).toEqual([6, 6]);
});
