/** One's own points are lines of text; drawing adds lines to the same text. */
import { expect, test } from 'vitest';
import { centresOf, OwnPoints } from './own-points.svelte.ts';

test('a point is two numbers on a line, with a comma, a semicolon or blanks between them', () => {
  expect(centresOf('1, 2\n\n-0.5;3e-1\n .25\t-4 ')).toEqual({
    centres: [
      [1, 2],
      [-0.5, 0.3],
      [0.25, -4],
    ],
  });
});

test('the first line that is not a point is named', () => {
  for (const line of ['1', '1, 2, 3', 'one, two', '1,,2', '0x1, 2', '1, Infinity']) {
    expect(centresOf(`0, 0\n${line}\nworse`).problem).toBe(
      'Line 2 is not a point: write two numbers, such as 0.5, -1.',
    );
  }
});

test('a click adds a line, and removing a point leaves the others', () => {
  const own = new OwnPoints();
  own.text = '0, 0\n';
  own.add([0.25, -1]);
  expect(own.text).toBe('0, 0\n0.25, -1');
  expect(own.points).toEqual({
    layout: 'own',
    centres: [
      [0, 0],
      [0.25, -1],
    ],
    deviation: 0.05,
  });
  own.remove(0);
  expect(own.text).toBe('0.25, -1');
  expect(own.problem).toBe('At least two points are needed.');
  expect(own.points).toBeUndefined();
});

test('a deviation out of range is a problem of the points', () => {
  const own = new OwnPoints();
  own.deviation = NaN;
  expect(own.problem).toBe('The deviation must be between 0 and 10.');
});

test('the points of an earlier run are written as text, and read back the same', () => {
  const own = new OwnPoints();
  const points = {
    layout: 'own',
    centres: [
      [1, 2],
      [3.5, -4],
    ],
    deviation: 0.1,
  } as const;
  own.adopt({
    ...points,
    centres: [
      [1, 2],
      [3.5, -4],
    ],
  });
  expect(own.text).toBe('1, 2\n3.5, -4');
  expect(own.points).toEqual(points);
});

test('points that were left with an error are corrected when they are opened again', () => {
  const own = new OwnPoints();
  own.text = '1, 2\nhalf a li';
  own.deviation = -1;
  expect(own.mended()).toMatchObject({ layout: 'own', deviation: 0.05 });
  own.text = '1, 2\n3, 4\nhalf a li';
  expect(own.mended()).toEqual({
    layout: 'own',
    centres: [
      [1, 2],
      [3, 4],
    ],
    deviation: 0.05,
  });
  expect(own.problem).toBeUndefined();
});

test('a stroke, typing, removing and clearing are each undone at once', () => {
  const own = new OwnPoints();
  const first = own.text;
  expect(own.canUndo).toBe(false);
  own.add([2, 2]);
  own.extend([3, 3]);
  own.extend([4, 4]);
  const drawn = own.text;
  own.write(`${drawn}\n5`);
  own.write(`${drawn}\n5, 5`);
  own.remove(0);
  own.clear();
  expect(own.text).toBe('');
  own.clear();
  own.undo();
  expect(own.centres).toHaveLength(6);
  own.undo();
  expect(own.text).toBe(`${drawn}\n5, 5`);
  own.undo();
  expect(own.text).toBe(drawn);
  own.undo();
  expect([own.text, own.canUndo]).toEqual([first, false]);
  own.undo();
  expect(own.text).toBe(first);
});
