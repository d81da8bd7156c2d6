/** The lab's slow motion takes the turns of a round one by one, and says who learns what. */
import { expect, test } from 'vitest';
import { roundOf, turnWords } from './lab-turns.ts';
import { ENCODING, PAIR } from './test-phases.ts';

test('D has as many turns in a round as the settings say, the others one each', () => {
  expect(roundOf(PAIR, { kind: 'together', discriminator: 5 })).toEqual(['discriminator', 'generator']);
  expect(roundOf(PAIR, { kind: 'several', discriminator: 2 })).toEqual([
    'discriminator',
    'discriminator',
    'generator',
  ]);
  expect(roundOf([], { kind: 'together', discriminator: 1 })).toEqual([]);
});

test('a turn says whose it is, what they learn, and who waits', () => {
  const [ofD, ofG] = PAIR as [(typeof PAIR)[0], (typeof PAIR)[0]];
  expect(turnWords(ofD, PAIR)).toEqual({
    whose: 'D’s turn',
    what: 'it learns to tell real points from fakes. G waits.',
  });
  expect(turnWords(ofG, PAIR).what).toBe(
    'it learns to make fakes that lie further along the arrows. D waits.',
  );
  expect(turnWords(ofD, ENCODING).what).toContain('G and E wait.');
  expect(turnWords(ENCODING[1]!, ENCODING)).toEqual({
    whose: 'G and E’s turn',
    what: 'G learns to make fakes that lie further along the arrows, E learns to find the z of real points. D waits.',
  });
});
