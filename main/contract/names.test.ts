/** No two runs are given the same name. */
import { expect, test } from 'vitest';
import { freeName } from './names.ts';

test('a name that is free stays as it is, and one that is taken gets the first free number', () => {
  expect(freeName('Digits', [])).toBe('Digits');
  expect(freeName('Digits', ['Emoji', 'Digits 2'])).toBe('Digits');
  expect(freeName('Digits', ['Digits'])).toBe('Digits 2');
  expect(freeName('Digits', ['Digits', 'Digits 2', 'Digits 4'])).toBe('Digits 3');
});

test('a long name keeps its number within the length that a run may have', () => {
  const long = 'x'.repeat(120);
  expect(freeName(`${long}yz`, [])).toBe(long);
  expect(freeName(long, [long])).toBe(`${'x'.repeat(118)} 2`);
});
