import { describe, expect, test } from 'vitest';
import { randomNormal, randomUniform } from '../random.ts';
import type { Sources } from '../game/index.ts';
import { drawPart, drawPoints, joined, latentSpace, pointOfSeed, sizeOf, walk } from '../latent.ts';
import type { LatentSpace } from '../latent.ts';
import { partsOf } from './latent-tensors.ts';

const key = { seed: 5, stream: 'z', step: 2 } as const;
const one: LatentSpace = [{ name: 'z', size: 3, distribution: 'normal' }];
const three: LatentSpace = [
  { name: 'z', size: 3, distribution: 'normal' },
  { name: 'kind', size: 4, distribution: 'one-hot' },
  { name: 'shade', size: 3, distribution: 'normal' },
];
/** The numbers of one part of these points, row by row. */
const rowsOf = (space: LatentSpace, points: Float32Array, name: string) =>
  partsOf(space, points)[name]!.arraySync() as number[][];

test('a latent space is all that a GAN draws, in the order of its sources, and nothing else', () => {
  const sources: Sources = {
    real: { kind: 'images' },
    z: { kind: 'latent', size: 3, distribution: 'normal' },
    class: { kind: 'labels', of: 'fakes' },
    kind: { kind: 'latent', size: 4, distribution: 'one-hot' },
    shade: { kind: 'latent', size: 3, distribution: 'normal' },
  };
  expect(latentSpace(sources)).toEqual(three);
  expect(sizeOf(three)).toBe(10);
  expect(latentSpace({ real: { kind: 'images' } })).toEqual([]);
});

describe('points', () => {
  test.each([
    ['normal', randomNormal],
    ['uniform', randomUniform],
  ] as const)('of one part are its %s draws', (distribution, random) => {
    expect(drawPoints([{ name: 'z', size: 3, distribution }], key, 4)).toEqual(random(key, 12));
    expect(pointOfSeed([{ name: 'z', size: 3, distribution }], 7)).toEqual(
      random({ seed: 7, stream: 'latent', step: 0 }, 3),
    );
  });

  test('of several parts have them one after the other, each with draws of its own', () => {
    const points = drawPoints(three, key, 50);
    expect(points).toHaveLength(50 * 10);
    three.forEach((part, index) =>
      expect(rowsOf(three, points, part.name).flat()).toEqual(
        Array.from(drawPart(part, { ...key, part: index }, 50)),
      ),
    );
    expect(rowsOf(three, points, 'z').flat()).toEqual(Array.from(drawPoints(one, key, 50)));
    expect(rowsOf(three, points, 'shade')).not.toEqual(rowsOf(three, points, 'z'));
  });

  test('of one of several kinds are a one among zeros, each kind as likely as any other', () => {
    const rows = rowsOf(three, drawPoints(three, key, 4000), 'kind');
    for (const row of rows) expect([...row].sort()).toEqual([0, 0, 0, 1]);
    const counts = [0, 1, 2, 3].map((kind) => rows.filter((row) => row[kind] === 1).length);
    // Expected: 1000 each, with a standard deviation of 27.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  test('are the same numbers once their parts are taken apart and joined again', () => {
    const points = drawPoints(three, key, 6);
    const parts = partsOf(three, points);
    expect(Object.values(parts).map(({ shape }) => shape)).toEqual([
      [6, 3],
      [6, 4],
      [6, 3],
    ]);
    const numbers = three.map(({ name }) => parts[name]!.dataSync<'float32'>());
    expect(joined(three, numbers)).toEqual(points);
  });
});

describe('a walk through several parts', () => {
  const positions = [0, 0.25, 1];
  const from = joined(three, [
    new Float32Array([1, 0, 0]),
    new Float32Array([0, 1, 0, 0]),
    new Float32Array([0, 2, 0]),
  ]);
  const to = joined(three, [
    new Float32Array([0, 1, 0]),
    new Float32Array([0, 0, 0, 1]),
    new Float32Array([0, 0, 2]),
  ]);

  test('goes along the great circle of each of them, and from kind to kind in a straight line', () => {
    const points = walk(three, [from, to], { way: 'spherical', positions });
    const [cosine, sine] = [Math.cos(Math.PI / 8), Math.sin(Math.PI / 8)];
    const expected = [
      Array.from(from),
      [cosine, sine, 0, 0, 0.75, 0, 0.25, 0, 2 * cosine, 2 * sine],
      Array.from(to),
    ];
    points.forEach((value, index) => expect(value).toBeCloseTo(expected.flat()[index]!, 6));
  });

  test('goes straight in all of them when it is linear', () => {
    const points = walk(three, [from, to], { way: 'linear', positions });
    const expected = [Array.from(from), [0.75, 0.25, 0, 0, 0.75, 0, 0.25, 0, 1.5, 0.5], Array.from(to)];
    points.forEach((value, index) => expect(value).toBeCloseTo(expected.flat()[index]!, 6));
  });
});
