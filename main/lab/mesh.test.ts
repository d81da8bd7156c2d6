import { expect, test } from 'vitest';
import type { LatentSpace } from '../explore/index.ts';
import { meshOf } from './mesh.ts';

const plane: LatentSpace = [{ name: 'z', size: 2, distribution: 'normal' }];
const kinds: LatentSpace = [
  ...plane,
  { name: 'kind', size: 3, distribution: 'one-hot' },
  { name: 'shade', size: 2, distribution: 'uniform' },
];

test('a mesh over a space of several parts varies only the first; a one-hot part has its first number 1, all others are 0', () => {
  const [flat, mesh] = [meshOf(plane), meshOf(kinds)];
  expect(mesh).toMatchObject({ columns: 25, rows: 25 });
  expect([flat.columns, flat.rows]).toEqual([25, 25]);
  expect(mesh.z).toHaveLength(25 * 25 * 7);
  for (let index = 0; index < 25 * 25; index++)
    expect(Array.from(mesh.z.subarray(index * 7, (index + 1) * 7))).toEqual([
      ...flat.z.subarray(index * 2, (index + 1) * 2),
      ...[1, 0, 0],
      ...[0, 0],
    ]);
});

test('a line over a first part of one number leaves those behind it alone', () => {
  const { z, columns, rows } = meshOf([
    { name: 'z', size: 1, distribution: 'uniform' },
    { name: 'kind', size: 2, distribution: 'one-hot' },
  ]);
  expect([columns, rows]).toEqual([200, 1]);
  expect(Array.from(z.subarray(0, 3))).toEqual([-1, 1, 0]);
  expect(Array.from(z.subarray(-3))).toEqual([1, 1, 0]);
});

test('without anything to draw there is no mesh', () => {
  expect(() => meshOf([])).toThrow('needs a latent space');
});
