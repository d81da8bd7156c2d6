import { expect, test } from 'vitest';
import { inPairs, neighbours, together } from './in-pairs.ts';

test('neighbours share an item, pairs do not', () => {
  expect([...neighbours([1, 2, 3])]).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect([...inPairs([1, 2, 3, 4, 5])]).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect([...neighbours([1]), ...inPairs([1])]).toEqual([]);
});

test('two lists are paired up to the end of the shorter', () => {
  expect([...together('abc', [1, 2])]).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
});
