/** Metrics and the trained network against numpy and PyTorch: main/reference/make_metrics.py. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { expectClose, fill } from '../reference/index.ts';
import reference from '../reference/metrics.json' with { type: 'json' };
import { randomNormal } from '../random.ts';
import { tf } from '../tensor.ts';
import {
  frechetDistance,
  METRICS,
  openEfficientNet,
  PictureSet,
  type Compared,
  type FeatureNetwork,
  type Rows,
} from './index.ts';

const { width, ...expected } = reference.metrics;
const rowsOf = (numbers: number[]): Rows => ({ numbers: Float32Array.from(numbers), width });
const [data, generated] = [rowsOf(expected.data), rowsOf(expected.generated)];

/** A network whose features of an image of one row are its numbers. */
const asTheyAre: FeatureNetwork = {
  featuresOf: ({ numbers }) => ({ numbers, width }),
  dispose: () => undefined,
};
const setOf = ({ numbers }: Rows) => new PictureSet({ numbers, size: 1, channels: width }, asTheyAre);
const sets: Compared = { generated: setOf(generated), data: setOf(data) };
const scoreOf = (kind: string, of = sets) => METRICS.find((metric) => metric.kind === kind)!.measure(of);

test('KID and its standard error are those of the reference, times 1000', () => {
  const { value, error } = scoreOf('kid');
  expectClose([value, error!], [1000 * expected.kid.value, 1000 * expected.kid.error], 1e-6);
});

test('precision, recall, density, coverage and variety are those of the reference', () => {
  expect(scoreOf('precision').value).toBe(expected.precision);
  expect(scoreOf('recall').value).toBe(expected.recall);
  expect(scoreOf('density').value).toBeCloseTo(expected.density, 12);
  expect(scoreOf('coverage').value).toBe(expected.coverage);
  expect(scoreOf('variety').value).toBeCloseTo(expected.variety, 6);
});

test('the Fréchet distance is that of the reference, with more rows than features and with fewer', () => {
  expect(frechetDistance(generated, data)).toBeCloseTo(expected.frechet, 6);
  const few = { numbers: generated.numbers.slice(0, 5 * width), width };
  expect(frechetDistance(few, data)).toBeCloseTo(expected.frechetOfFew, 6);
  expect(frechetDistance(data, data)).toBeCloseTo(0, 9);
});

test('KID of two draws of one distribution is within a few standard errors of 0, and no error is made up for few', () => {
  const draw = (step: number) =>
    setOf({ numbers: randomNormal({ seed: 1, stream: 'features', step }, 300 * width), width });
  const { value, error } = scoreOf('kid', { generated: draw(1), data: draw(2) });
  expect(Math.abs(value)).toBeLessThan(3 * error!);
  expect(scoreOf('kid', { generated: draw(1).slice(0, 19), data: draw(2) }).error).toBeUndefined();
});

const folder = 'build/features';
const isThere = fs.existsSync(folder);

test.runIf(isThere)('features are those that PyTorch computes of grey, small and large pictures', () => {
  const before = tf.memory().numTensors;
  const network = openEfficientNet(folder)!;
  for (const [name, features] of Object.entries(reference.efficientnetLite0)) {
    const [size, channels] = name.split('x').map(Number) as [number, number];
    const numbers = fill([1, size, size, channels], 1, 1).dataSync<'float32'>();
    expectClose(network.featuresOf({ numbers, size, channels }).numbers, features, 2e-4);
  }
  network.dispose();
  expect(tf.memory().numTensors).toBe(before + 3);
});

test.runIf(isThere)('a picture has the same features alone and among others, and a slice keeps them', () => {
  const network = openEfficientNet(folder)!;
  const numbers = randomNormal({ seed: 1, stream: 'features', step: 0 }, 34 * 28 * 28);
  const set = new PictureSet({ numbers, size: 28, channels: 1 }, network);
  expect([...set.computeFeatures()]).toEqual([32, 2]);
  const slice = set.slice(33, 34);
  expect([...slice.computeFeatures()]).toEqual([]);
  expectClose(slice.features.numbers, [...network.featuresOf(slice.images).numbers], 1e-5);
  network.dispose();
});

test.runIf(isThere)('damaged weights are refused in plain words, and nothing of them stays in memory', () => {
  const whole = fs.readFileSync(`${folder}/efficientnet-lite0.safetensors`);
  const damaged = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-weights-'));
  const before = tf.memory().numTensors;
  const otherShape = Buffer.from(whole);
  otherShape.write('[9', otherShape.indexOf('"shape":[') + '"shape":'.length);
  for (const bytes of [whole.subarray(0, 4), whole.subarray(0, 100), whole.subarray(0, -4), otherShape]) {
    fs.writeFileSync(path.join(damaged, 'efficientnet-lite0.safetensors'), bytes);
    expect(() => openEfficientNet(damaged)).toThrow(
      /^The file of EfficientNet-Lite0’s weights is damaged\.$/,
    );
  }
  expect(tf.memory().numTensors).toBe(before);
  fs.rmSync(damaged, { recursive: true });
});

test('without weights there is no network, and metrics that need it say so', () => {
  expect(openEfficientNet('/nowhere')).toBeUndefined();
  expect(openEfficientNet(undefined)).toBeUndefined();
  const blind = { data: new PictureSet(sets.data.images), generated: new PictureSet(sets.generated.images) };
  expect(METRICS.filter((metric) => metric.needs(blind)).map(({ kind }) => kind)).toEqual(['distance']);
});
