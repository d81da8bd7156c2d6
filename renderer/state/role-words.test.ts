/** Roles are spelt out, with their letters. */
import { expect, test } from 'vitest';
import { movers, phaseTitle, roleName } from './role-words.ts';
import { ENCODING, PAIR } from './test-phases.ts';

test('a role has its name and its letter', () => {
  expect((['generator', 'discriminator', 'encoder'] as const).map(roleName)).toEqual([
    'Generator (G)',
    'Discriminator (D)',
    'Encoder (E)',
  ]);
});

test('a phase is titled by all that move in it, and by its name where others have the same movers', () => {
  expect(PAIR.map((phase) => phaseTitle(phase, PAIR))).toEqual(['Discriminator (D)', 'Generator (G)']);
  expect(movers(ENCODING[1]!)).toBe('Generator (G) and encoder (E)');
  const twice = [
    { ...PAIR[0]!, name: 'first' },
    { ...PAIR[0]!, name: 'second' },
  ];
  expect(phaseTitle(twice[1]!, twice)).toBe('Discriminator (D), second');
  expect(movers({ roles: ['generator', 'generator'] })).toBe('Generator (G)');
});
