import { expect, test } from 'vitest';
import { pointOfSeed, walk, type LatentSpace } from './index.ts';
import type { Way } from '../latent.ts';

const space: LatentSpace = [{ name: 'z', size: 100, distribution: 'normal' }];
const ends = [pointOfSeed(space, 3), pointOfSeed(space, 4)] as const;
const at = (way: Way, positions: number[]) => walk(space, ends, { way, positions });
const length = (point: Float32Array) => Math.hypot(...point);

test.each(['linear', 'spherical'] as const)('a %s walk starts at one seed and ends at the other', (way) => {
  const points = at(way, [0, 1]);
  expect(points.subarray(0, 100)).toEqual(pointOfSeed(space, 3));
  points.subarray(100).forEach((value, index) => expect(value).toBeCloseTo(pointOfSeed(space, 4)[index]!, 5));
});

test('halfway, the linear walk is the mean and the spherical one keeps the length', () => {
  const [a, b] = [pointOfSeed(space, 3), pointOfSeed(space, 4)];
  at('linear', [0.5]).forEach((value, index) => expect(value).toBeCloseTo((a[index]! + b[index]!) / 2, 5));
  const spherical = length(at('spherical', [0.5]));
  expect(spherical).toBeGreaterThan(0.9 * Math.min(length(a), length(b)));
  expect(length(at('linear', [0.5]))).toBeLessThan(0.8 * spherical);
});

test('a spherical walk turns by equal angles', () => {
  const unit = [0, 0.25, 0.5, 0.75, 1].map((position) => at('spherical', [position]));
  const angle = (p: Float32Array, q: Float32Array) =>
    Math.acos(p.reduce((sum, value, index) => sum + value * q[index]!, 0) / (length(p) * length(q)));
  const total = angle(unit[0]!, unit[4]!);
  expect(angle(unit[0]!, unit[2]!)).toBeGreaterThan(0.45 * total);
  expect(angle(unit[0]!, unit[2]!)).toBeLessThan(0.55 * total);
});

test('a walk between a seed and itself stays there', () => {
  const points = walk(space, [ends[0], pointOfSeed(space, 3)], { way: 'spherical', positions: [0.3] });
  points.forEach((value, index) => expect(value).toBeCloseTo(pointOfSeed(space, 3)[index]!, 5));
});
