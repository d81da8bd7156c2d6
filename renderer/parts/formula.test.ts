import { expect, test } from 'vitest';
import { lettersOf } from './formula.ts';

test('variables are told from functions, whatever their alphabet', () => {
  const letters = lettersOf('+ λ · mean(D(xₘ))');
  expect(letters.filter(({ isLetter }) => isLetter).map(({ text }) => text)).toEqual(['λ', 'D', 'xₘ']);
  expect(letters.map(({ text }) => text).join('')).toBe('+ λ · mean(D(xₘ))');
});
