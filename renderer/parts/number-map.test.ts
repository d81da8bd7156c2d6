import { expect, test } from 'vitest';
import { colourOf, csvOf, gridOf, isVector, largest, parseColour, planeOf } from './number-map.ts';

const scale = { negative: [100, 0, 100], zero: [200, 200, 200], positive: [0, 100, 0] } as const;
/** [2, 1, 3] */
const numbers = { shape: [2, 1, 3], channels: 3, values: Float32Array.from([1, 2, 3, -4, 5, -6]) };

test('zero has the middle colour, -1 and 1 have those of the ends, and so have numbers beyond them', () => {
  expect(colourOf(0, scale)).toEqual([200, 200, 200]);
  expect(colourOf(-1, scale)).toEqual([100, 0, 100]);
  expect(colourOf(7, scale)).toEqual([0, 100, 0]);
  expect(colourOf(0.25, scale)).toEqual([100, 150, 100]);
  expect(parseColour('#1b7837')).toEqual([27, 120, 55]);
});

test('a plane is one channel, the sum of all, or at each pixel the number furthest from 0', () => {
  expect([...planeOf(numbers, 'sum')]).toEqual([6, -5]);
  expect([...planeOf(numbers, 1)]).toEqual([2, 5]);
  expect([...planeOf(numbers, 'furthest')]).toEqual([3, -6]);
  expect(largest(numbers.values)).toBe(6);
  expect(largest(planeOf(numbers, 'furthest'))).toBe(largest(numbers.values));
  expect(largest(new Float32Array(3))).toBe(1);
});

test('a point of the plane is drawn as a row of numbers, as units are', () => {
  expect(
    [[2], [1, 1, 2], [4, 4, 2]].map((shape) => isVector({ shape, channels: 2, values: new Float32Array() })),
  ).toEqual([true, true, false]);
});

test('maps are laid out in about a square, with gaps of one', () => {
  expect(gridOf(numbers)).toEqual({ columns: 2, rows: 2, width: 3, height: 5 });
});

test('a table has a line for each number, with its position', () => {
  expect(new TextDecoder().decode(csvOf(numbers)).split('\n').slice(0, 3)).toEqual([
    'row,column,channel,value',
    '0,0,0,1',
    '0,0,1,2',
  ]);
  expect(
    new TextDecoder().decode(csvOf({ shape: [2], channels: 2, values: Float32Array.from([0.5, -1]) })),
  ).toBe('unit,value\n0,0.5\n1,-1\n');
});
