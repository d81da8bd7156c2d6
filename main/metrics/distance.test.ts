import { expect, test } from 'vitest';
import { randomNormal, randomUniform } from '../random.ts';
import { energyDistance } from './energy-distance.ts';
import { distance } from './distance.ts';
import { METRICS, PictureSet } from './index.ts';

const uniform = (seed: number, count: number, size: number) =>
  randomUniform({ seed, stream: 'order', step: 0 }, count * size * size).map((value) => 2 * value - 1);

test('the distance of images to their own set is 0, and larger the more they differ', () => {
  const numbers = uniform(1, 64, 16);
  const setOf = (of: (value: number) => number) =>
    new PictureSet({ numbers: numbers.map(of), size: 16, channels: 1 });
  const data = setOf((value) => value);
  const measure = (generated: PictureSet) => distance.measure({ generated, data }).value;
  expect(measure(setOf((value) => value))).toBeCloseTo(0, 6);
  const near = measure(setOf((value) => value * 0.9));
  const far = measure(setOf(() => 0));
  expect(near).toBeGreaterThan(0);
  expect(far).toBeGreaterThan(near);
});

test('the distance of points is the energy distance on the plane', () => {
  const points = (step: number) => randomNormal({ seed: 1, stream: 'order', step }, 2000);
  const setOf = (numbers: Float32Array) => new PictureSet({ numbers, size: 1, channels: 2 });
  const sets = { data: setOf(points(1)), generated: setOf(points(2)) };
  expect(distance.measure(sets).value).toBe(energyDistance(points(2), points(1)));
});

test('every metric says what it is, and which way is better', () => {
  expect(new Set(METRICS.map(({ kind }) => kind)).size).toBe(METRICS.length);
  for (const { kind, label, summary, better } of METRICS) {
    expect(kind).toMatch(/^[a-z0-9-]+$/);
    expect(label).toMatch(/^[A-Z].{3,}/);
    expect(summary).toMatch(/^[A-Z].{20,}\.$/);
    expect(['up', 'down']).toContain(better);
  }
});
