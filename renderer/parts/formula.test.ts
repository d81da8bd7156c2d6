import { expect, test } from 'vitest';
import { piecesOf } from './formula.ts';

test('variables are told apart from functions, in any alphabet', () => {
  const pieces = piecesOf('+ λ · mean(D(xₘ))');
  expect(pieces.filter(({ isLetter }) => isLetter).map(({ text }) => text)).toEqual(['λ', 'D', 'xₘ']);
  expect(pieces.map(({ text }) => text).join('')).toBe('+ λ · mean(D(xₘ))');
});
