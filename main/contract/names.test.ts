import { expect, test } from 'vitest';
import { freeName, isSameName, LONGEST_NAME } from './names.ts';

test.each([
  ['Digits', [], 'Digits'],
  ['Digits', ['Emoji', 'Digits of mine'], 'Digits'],
  ['Digits', ['Digits'], 'Digits 2'],
  ['Digits', ['digits ', 'DIGITS 2'], 'Digits 3'],
  [' Digits ', ['Digits 2'], 'Digits'],
  ['Digits 2', ['Digits', 'Digits 2'], 'Digits 3'],
  ['Batch 64', ['Batch 64'], 'Batch 64 2'],
  ['7', ['7'], '7 2'],
  ['Ame\u0301lie', ['Am\u00e9lie'], 'Ame\u0301lie 2'],
])('%s beside %j is named %s', (name, taken, free) => {
  expect(freeName(name, taken)).toBe(free);
});

test('a name of the greatest length loses whole characters to its number', () => {
  for (const long of ['x'.repeat(LONGEST_NAME), '😀'.repeat(LONGEST_NAME / 2)]) {
    const free = freeName(long, [long]);
    expect(free.length).toBeLessThanOrEqual(LONGEST_NAME);
    expect(free).toMatch(/^(x+|(😀)+) 2$/u);
    expect(freeName(long, [long, free])).toMatch(/ 3$/);
  }
});

test('names that differ in case or outer spaces are the same', () => {
  expect(isSameName(' Digits', 'DIGITS')).toBe(true);
  expect(isSameName('Digits', 'Digits 2')).toBe(false);
});
