/** The animation turns round at both ends. */
import { expect, test } from 'vitest';
import { positionAt } from './ping-pong.ts';

test('the position goes to B in four seconds and back in four more', () => {
  expect([0, 2000, 4000, 6000, 8000, 10_000].map(positionAt)).toEqual([0, 0.5, 1, 0.5, 0, 0.5]);
});
