import { expect, test } from 'vitest';
import { NumberRows } from './number-rows.ts';

const row = (numbers: Record<string, number>) => ({
  names: Object.keys(numbers),
  numbers: Object.values(numbers),
});

test('rows become columns, with NaN where a row lacks the name', () => {
  const rows = new NumberRows();
  for (let step = 1; step <= 3000; step++)
    rows.add(step, row(step % 2 === 0 ? { a: step } : { a: step, b: -step }));
  expect([rows.lastStep, rows.steps.length, rows.steps[2999]]).toEqual([3000, 3000, 3000]);
  expect([...rows.columns['a']!.slice(0, 3)]).toEqual([1, 2, 3]);
  expect([...rows.columns['b']!.slice(2996)]).toEqual([-2997, NaN, -2999, NaN]);
});

test('rows beyond a step are removed, and so are names that only they had', () => {
  const rows = new NumberRows();
  rows.add(1, row({ a: 1 }));
  rows.add(5, row({ a: 5, late: 5 }));
  rows.dropBeyond(3);
  expect([[...rows.steps], Object.keys(rows.columns)]).toEqual([[1], ['a']]);
  rows.add(4, row({ b: 4 }));
  expect([...rows.columns['a']!]).toEqual([1, NaN]);
  expect([...rows.columns['b']!]).toEqual([NaN, 4]);
});

test('a hundred names are kept, whatever a log holds', () => {
  const rows = new NumberRows();
  for (let step = 1; step <= 500; step++) rows.add(step, row({ [`name ${step}`]: step }));
  expect(Object.keys(rows.columns)).toHaveLength(100);
});
