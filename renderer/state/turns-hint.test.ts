/** The update order in a sentence. */
import { expect, test } from 'vitest';
import { ENCODING, PAIR } from './test-phases.ts';
import { turnsHint } from './turns-hint.ts';

test('each kind of turns has its sentence', () => {
  expect(turnsHint({ kind: 'together', discriminator: 5 }, PAIR)).toBe(
    'D and G are both updated in every step.',
  );
  expect(turnsHint({ kind: 'alternating', discriminator: 5 }, PAIR)).toBe(
    'D is updated in one step, G in the next.',
  );
  expect([2, 3, 5].map((discriminator) => turnsHint({ kind: 'several', discriminator }, PAIR))).toEqual([
    'D is updated in every step, G in every 2nd one.',
    'D is updated in every step, G in every 3rd one.',
    'D is updated in every step, G in every 5th one.',
  ]);
});

test('a single update of D per update of G reads as both in every step', () => {
  expect(turnsHint({ kind: 'several', discriminator: 1 }, PAIR)).toContain('are both updated in every step');
});

test('two players of one role have one letter', () => {
  const phases = [...PAIR, { name: 'other', moves: ['g2'], roles: ['generator' as const] }];
  expect(turnsHint({ kind: 'together', discriminator: 1 }, phases)).toBe(
    'D and G are both updated in every step.',
  );
});

test('players that move together are named together', () => {
  expect(turnsHint({ kind: 'together', discriminator: 1 }, ENCODING)).toBe(
    'D, G and E are all updated in every step.',
  );
  expect(turnsHint({ kind: 'alternating', discriminator: 1 }, ENCODING)).toBe(
    'D is updated in one step, G and E in the next.',
  );
});
