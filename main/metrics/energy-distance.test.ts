import { expect, test } from 'vitest';
import { randomNormal } from '../random.ts';
import { energyDistance } from './index.ts';

const cloud = (step: number, shift: number) =>
  randomNormal({ seed: 1, stream: 'points', step }, 800).map((number, index) =>
    index % 2 === 0 ? number + shift : number,
  );

test('two points at distance d have the energy distance √(2 d), and equal sets 0', () => {
  expect(energyDistance(Float32Array.of(0, 0), Float32Array.of(3, 4))).toBeCloseTo(Math.sqrt(10), 6);
  expect(energyDistance(cloud(1, 0), cloud(1, 0))).toBe(0);
});

test('it grows with the distance of the sets, and is small for two draws of one distribution', () => {
  const [same, near, far] = [0, 1, 3].map((shift) => energyDistance(cloud(1, 0), cloud(2, shift)));
  expect(same).toBeLessThan(0.2);
  expect(near).toBeGreaterThan(2 * same!);
  expect(far).toBeGreaterThan(2 * near!);
});
