/** How long a soak lasts, and by which chances, is said by flags. */
import { expect, test } from 'vitest';
import { wishOf } from './soak.mjs';

test('hours may be a fraction, and the seed is 1 by default', () => {
  expect(wishOf(['--hours', '0.25', '--seed', '7'])).toEqual({ hours: 0.25, seed: 7 });
  expect(wishOf([])).toEqual({ hours: 1, seed: 1 });
});

test.each([['--hours', 'long'], ['--hours', '-1'], ['--seed', '1.5'], ['--days', '2'], ['much']])(
  'what cannot be followed is refused with an example: %s %s',
  (...parameters) => {
    expect(() => wishOf(parameters.filter((word) => word !== undefined))).toThrow(
      /The soak cannot begin: .*\nSay how long, as in npm run -s check:soak/,
    );
  },
);
