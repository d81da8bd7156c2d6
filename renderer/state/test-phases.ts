/**
 * Phases for tests: those of a generator and a discriminator, and those with an encoder that moves with G.
 */
import type { PhaseEntry } from '#main/contract/index.ts';

const D_TURN: PhaseEntry = { name: 'discriminator', moves: ['discriminator'], roles: ['discriminator'] };

export const PAIR: readonly PhaseEntry[] = [
  D_TURN,
  { name: 'generator', moves: ['generator'], roles: ['generator'] },
];

export const ENCODING: readonly PhaseEntry[] = [
  D_TURN,
  { name: 'generator', moves: ['generator', 'encoder'], roles: ['generator', 'encoder'] },
];
