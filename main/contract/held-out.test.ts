/** How many pictures a new run holds out. */
import { expect, test } from 'vitest';
import { shareHeldOut } from './held-out.ts';

test('a small set is trained on as a whole; a larger one holds out the share asked for, about 500 at most', () => {
  expect([0, 150, 999].map((pictures) => shareHeldOut(0.1, pictures))).toEqual([0, 0, 0]);
  expect([1000, 4000, 5000].map((pictures) => shareHeldOut(0.1, pictures))).toEqual([0.1, 0.1, 0.1]);
  expect([1000, 2000].map((pictures) => shareHeldOut(0.3, pictures))).toEqual([0.3, 0.25]);
  expect(50_000 * shareHeldOut(0.1, 50_000)).toBeCloseTo(500, 9);
  expect(shareHeldOut(0, 50_000)).toBe(0);
});
