// @ts-check
/** The flags of a check are numbers within limits; anything else is refused with an example. */
import { expect, test } from 'vitest';
import { numberFlags, seedFlag } from './number-flags.mjs';

const known = {
  flags: {
    share: {
      usual: 0.5,
      allows: (/** @type {number} */ value) => value > 0 && value <= 1,
      limits: 'a number above 0 and up to 1',
    },
    seed: seedFlag,
  },
  example: 'npm run -s check -- --share 0.5 --seed 7',
};

test('a flag has its number, and its default when it is left out', () => {
  expect(numberFlags(['--share', '0.25'], known)).toEqual({ share: 0.25, seed: 1 });
  expect(numberFlags(['--seed', '4294967295'], known)).toEqual({ share: 0.5, seed: 4294967295 });
});

test.each([
  [['--share', '2'], '--share 2 is not a number above 0 and up to 1'],
  [['--share', 'half'], '--share half is not a number above 0 and up to 1'],
  [['--seed', ''], '--seed  is not a whole number from 0 to 4294967295'],
  [['--seed', '1.5'], '--seed 1.5 is not a whole number from 0 to 4294967295'],
  [['--days', '2'], "Unknown option '--days'"],
])('%j is refused with the reason and an example', (parameters, reason) => {
  expect(() => numberFlags(parameters, known)).toThrow(
    `The check cannot start: ${reason}.\nWrite it as in: npm run -s check -- --share 0.5 --seed 7`,
  );
});
