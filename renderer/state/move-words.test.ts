/** An update on a copy of the run names the players that moved. */
import { expect, test } from 'vitest';
import { ALL_PHASES } from '#main/contract/index.ts';
import { moveWords, roleOf, withG } from './move-words.ts';
import { ENCODING, PAIR } from './test-phases.ts';

test('a turn says who moved, and who stayed', () => {
  expect(moveWords('generator', PAIR)).toContain('G was updated on a copy of the run');
  expect(moveWords('discriminator', PAIR)).toContain('G and its picture stayed as they were');
  expect(moveWords(ALL_PHASES, PAIR)).toContain('D was updated on a copy of the run, then G.');
  expect(moveWords('generator', ENCODING)).toContain('G and E were updated on a copy of the run');
  expect(moveWords(ALL_PHASES, ENCODING)).toContain('then G and E.');
});

test('players that move with G minimise the same loss', () => {
  expect([PAIR, ENCODING, []].map(withG)).toEqual(['G', 'G and E', 'G']);
});

test('a player has the role that it moves in', () => {
  expect(
    ['generator', 'encoder', 'discriminator', 'nobody'].map((player) => roleOf(player, ENCODING)),
  ).toEqual(['generator', 'encoder', 'discriminator', undefined]);
});
