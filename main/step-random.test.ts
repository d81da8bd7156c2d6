import { expect, test } from 'vitest';
import { seedTensor, stepRandom } from './step-random.ts';
import { tf, type Tensor } from './tensor.ts';

const key = { seed: 1, stream: 'step', step: 3 } as const;
const mean = (x: Tensor) => tf.mean(x).dataSync()[0]!;

test('the same key gives the same numbers; another call, seed or step gives others', () => {
  const draw = (given: Parameters<typeof seedTensor>[0], call = 0) =>
    Array.from(stepRandom(seedTensor(given), call).normal([8]).dataSync());
  expect(draw(key)).toEqual(draw(key));
  expect(draw(key, 1)).not.toEqual(draw(key));
  expect(draw({ ...key, seed: 2 })).not.toEqual(draw(key));
  expect(draw({ ...key, step: 4 })).not.toEqual(draw(key));
  const tap = stepRandom(seedTensor(key));
  expect(Array.from(tap.normal([8]).dataSync())).not.toEqual(Array.from(tap.normal([8]).dataSync()));
});

test('normal has mean 0 and standard deviation 1; uniform lies in [0, 1) with mean one half', () => {
  const tap = stepRandom(seedTensor(key));
  const normal = tap.normal([100, 100]);
  expect(mean(normal)).toBeCloseTo(0, 1);
  expect(mean(tf.square(normal))).toBeCloseTo(1, 1);
  const uniform = tap.uniform([100, 100]);
  expect(mean(uniform)).toBeCloseTo(0.5, 1);
  expect(tf.min(uniform).dataSync()[0]).toBeGreaterThanOrEqual(0);
  expect(tf.max(uniform).dataSync()[0]).toBeLessThan(1);
});
