/** Arrow keys lead to the cell that one sees in their direction, also between rows of different lengths. */
import { expect, test } from 'vitest';
import { cellBeside, spotBeside } from './cell-beside.ts';

/** Boxes of rows with these numbers of cells. */
const rows = (...lengths: number[]) =>
  lengths.flatMap((length, row) =>
    Array.from({ length }, (_, column) => ({ left: column * 60, top: row * 80 })),
  );

test('left and right go on by one and stay within', () => {
  const boxes = rows(3, 3);
  expect(cellBeside(boxes, 2, 'ArrowRight')).toBe(3);
  expect(cellBeside(boxes, 5, 'ArrowRight')).toBe(5);
  expect(cellBeside(boxes, 0, 'ArrowLeft')).toBe(0);
  expect(cellBeside(boxes, 4, 'Home')).toBe(0);
  expect(cellBeside(boxes, 1, 'End')).toBe(5);
});

test('up and down go to the nearest cell of the next row', () => {
  const boxes = rows(4, 2, 4);
  expect(cellBeside(boxes, 1, 'ArrowDown')).toBe(5);
  expect(cellBeside(boxes, 3, 'ArrowDown')).toBe(5);
  expect(cellBeside(boxes, 9, 'ArrowUp')).toBe(5);
  expect(cellBeside(boxes, 2, 'ArrowUp')).toBe(2);
  expect(cellBeside(boxes, 8, 'ArrowDown')).toBe(8);
});

test('other keys lead nowhere', () => {
  expect(cellBeside(rows(2), 0, 'x')).toBeUndefined();
});

test('where rows have become columns, keys go by what is seen', () => {
  // Image 1 is below image 0, and image 3 below image 2.
  const spots = [
    { x: 0, y: 0 },
    { x: 0, y: 10 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
  ];
  expect(spotBeside(spots, 0, 'ArrowRight')).toBe(2);
  expect(spotBeside(spots, 0, 'ArrowDown')).toBe(1);
  expect(spotBeside(spots, 2, 'ArrowRight')).toBe(1);
  expect(spotBeside(spots, 0, 'End')).toBe(3);
  expect(spotBeside(spots, 0, 'a')).toBeUndefined();
});
