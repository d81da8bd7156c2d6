import { expect, test } from 'vitest';
import { hashOf } from './content.ts';
import { heldApart, isHeldOut, usualShare } from './index.ts';

const hashes = Array.from({ length: 4000 }, (_, picture) => hashOf(String(picture)));
const namesOf = (of: readonly string[], places: number[]) => places.map((place) => of[place]!).sort();

test('a small set is trained on as a whole, of a larger one a tenth is held out, of a large one some 500', () => {
  expect([0, 150, 999].map(usualShare)).toEqual([0, 0, 0]);
  expect([1000, 4000, 5000].map(usualShare)).toEqual([0.1, 0.1, 0.1]);
  expect(50_000 * usualShare(50_000)).toBeCloseTo(500, 9);
});

test('about the share is held out, each picture is on one side, and old runs hold out none', () => {
  const { trained, heldOut } = heldApart(hashes, { share: 0.1, seed: 1 });
  // Five standard deviations of 4,000 draws.
  expect(Math.abs(heldOut.length - 400)).toBeLessThan(5 * Math.sqrt(4000 * 0.1 * 0.9));
  expect([...trained, ...heldOut].sort((a, b) => a - b)).toEqual([...hashes.keys()]);
  expect(heldApart(hashes, { share: 0, seed: 1 })).toEqual({ trained: [...hashes.keys()], heldOut: [] });
});

test('the same pictures are held out in another order, with others added and with some gone', () => {
  const before = heldApart(hashes, { share: 0.1, seed: 1 });
  const turned = [...hashes].reverse();
  expect(namesOf(turned, heldApart(turned, { share: 0.1, seed: 1 }).heldOut)).toEqual(
    namesOf(hashes, before.heldOut),
  );
  const half = hashes.filter((_, place) => place % 2 === 0);
  const more = [...half, hashOf('new'), hashOf('newer')];
  const kept = new Set(namesOf(more, heldApart(more, { share: 0.1, seed: 1 }).heldOut));
  for (const hash of half) expect(kept.has(hash)).toBe(isHeldOut(hash, { share: 0.1, seed: 1 }));
});

test('equal pictures stay together, and another seed holds out others', () => {
  const doubled = [...hashes, ...hashes];
  const { heldOut } = heldApart(doubled, { share: 0.1, seed: 1 });
  const first = heldOut.filter((place) => place < hashes.length);
  expect(heldOut).toEqual([...first, ...first.map((place) => place + hashes.length)]);
  const other = new Set(heldApart(hashes, { share: 0.1, seed: 2 }).heldOut);
  const both = first.filter((place) => other.has(place));
  expect(both.length).toBeGreaterThan(10);
  expect(both.length).toBeLessThan(0.2 * first.length);
});

test('more of the same seed holds out the same ones and others', () => {
  const [few, many] = [0.05, 0.2].map((share) => new Set(heldApart(hashes, { share, seed: 7 }).heldOut));
  expect([...few!].every((place) => many!.has(place))).toBe(true);
  expect(many!.size).toBeGreaterThan(3 * few!.size);
});
