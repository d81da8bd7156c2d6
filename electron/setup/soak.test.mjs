/** The flags of a soak: how long it lasts, and which random actions it takes. */
import { expect, test } from 'vitest';
import { wishOf } from './soak.mjs';

test('hours may be a fraction, and the seed is 1 by default', () => {
  expect(wishOf(['--hours', '0.25', '--seed', '7'])).toEqual({ hours: 0.25, seed: 7 });
  expect(wishOf([])).toEqual({ hours: 1, seed: 1 });
});

test.each([['--hours', 'long'], ['--hours', '-1'], ['--seed', '1.5'], ['--days', '2'], ['much']])(
  'wrong flags are refused with an example: %s %s',
  (...parameters) => {
    expect(() => wishOf(parameters.filter((word) => word !== undefined))).toThrow(
      /The check cannot start: .*\nWrite it as in: npm run -s check:soak/,
    );
  },
);
