import { expect, test } from 'vitest';
import { randomNormal, randomUniform } from '../random.ts';
import { energyDistance } from './energy-distance.ts';
import { distance } from './distance.ts';
import { METRICS } from './index.ts';

const uniform = (seed: number, count: number, size: number) =>
  randomUniform({ seed, stream: 'order', step: 0 }, count * size * size).map((value) => 2 * value - 1);

test('the distance of images to their own set is nought, and larger the more they differ', () => {
  const data = (count: number) => uniform(1, count, 16);
  const measure = distance.open({ data, count: 64, size: 16, channels: 1 });
  expect(measure(data)).toBeCloseTo(0, 6);
  const near = measure((count) => data(count).map((value) => value * 0.9));
  const far = measure((count) => data(count).map(() => 0));
  expect(near).toBeGreaterThan(0);
  expect(far).toBeGreaterThan(near);
});

test('the distance of points is the energy distance on the plane', () => {
  const points = (step: number) => (count: number) =>
    randomNormal({ seed: 1, stream: 'order', step }, count * 2);
  const measure = distance.open({ data: points(1), count: 1000, size: 1, channels: 2 });
  expect(measure(points(2))).toBe(energyDistance(points(2)(1000), points(1)(1000)));
});

test('every metric says what it is, and which way is better', () => {
  for (const { kind, label, summary, better } of METRICS) {
    expect(kind).toMatch(/^[a-z0-9-]+$/);
    expect(label).toMatch(/^[A-Z].{3,}/);
    expect(summary).toMatch(/^[A-Z].{20,}\.$/);
    expect(['up', 'down']).toContain(better);
  }
});
