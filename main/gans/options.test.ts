import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, withRecommended, type RunConfig } from '../contract/index.ts';
import { forward, initialWeights, shapesOf } from '../layers/index.ts';
import { randomNormal } from '../random.ts';
import { tf, type Tensor4D } from '../tensor.ts';
import { completeConfig } from '../training/complete-config.ts';
import { needsClasses, playersOf } from '../training/rules.ts';
import { takeBothWays } from '../training/test-both-ways.ts';
import { ganOf, GANS } from './index.ts';

const SMALL: RunConfig = { ...DEFAULT_RUN_CONFIG, batch: 4 };
const configOf = (kind: string, options: Record<string, unknown>): RunConfig => ({
  ...withRecommended(SMALL, ganOf(kind).recommends),
  batch: 4,
  z: { size: 8, distribution: 'normal' },
  gan: { kind, options },
});

test.each([
  ['dcgan', { width: 4, upsampling: 'pixel-shuffle' }],
  ['dcgan', { width: 4, upsampling: 'pixel-shuffle', icnr: false }],
  ['dcgan', { width: 4, upsampling: 'repeat' }],
  ['dcgan', { width: 4, upsampling: 'smooth' }],
  ['sngan', { width: 4, blocks: 'residual' }],
  ['mlp', { width: 8, rows: 4, slope: 0 }],
] as const)('%s with %o trains, compiled as op by op', (kind, options) => {
  takeBothWays(completeConfig(configOf(kind, options)), { steps: 2 });
});

test.each([28, 32, 64, 128] as const)('residual blocks make images of %i pixels and judge them', (size) => {
  const { dataset } = DEFAULT_RUN_CONFIG;
  const { generator, discriminator } = playersOf({
    ...configOf('sngan', { width: 4, blocks: 'residual' }),
    dataset: { ...dataset, options: { ...dataset.options, size } },
  });
  expect(shapesOf(generator!.network)['image']).toEqual([size, size, 1]);
  expect(shapesOf(discriminator!.network)['verdict']).toEqual([1]);
});

/**
 * The share of the variance of an untrained generator's images, before tanh, that lies inside 2 x 2 blocks.
 */
function shareInBlocks(options: Record<string, unknown>): number {
  const { network } = playersOf(configOf('dcgan', { width: 16, ...options }))['generator']!;
  const last = network.layers.at(-2)!.name;
  return tf.tidy(() => {
    const z = tf.tensor(randomNormal({ seed: 2, stream: 'z', step: 0 }, 64 * 8), [64, 8]);
    const { image } = forward({
      network: { ...network, outputs: { image: last } },
      weights: initialWeights(network, { seed: 1, firstStep: 0 }),
      inputs: { z },
      mode: 'training',
    }).outputs;
    const means = tf.avgPool(image as Tensor4D, 2, 2, 'valid');
    const inside = tf.sub(tf.mean(tf.square(image!)), tf.mean(tf.square(means)));
    const all = tf.sub(tf.mean(tf.square(image!)), tf.square(tf.mean(image!)));
    return tf.div(inside, all).dataSync()[0]!;
  });
}

test('a pixel shuffle that starts by ICNR begins with no chequered pattern, and repeated pixels with little of it', () => {
  expect(shareInBlocks({ upsampling: 'transposed-conv' })).toBeGreaterThan(0.6);
  expect(shareInBlocks({ upsampling: 'pixel-shuffle', icnr: false })).toBeGreaterThan(0.6);
  expect(shareInBlocks({ upsampling: 'repeat' })).toBeLessThan(0.5);
  expect(shareInBlocks({ upsampling: 'smooth' })).toBeCloseTo(shareInBlocks({ upsampling: 'repeat' }), 4);
  expect(shareInBlocks({ upsampling: 'pixel-shuffle' })).toBeLessThan(1e-4);
});

test('z is refused if its numbers do not fill the rows', () => {
  expect(() => completeConfig(configOf('mlp', { rows: 3 }))).toThrow(
    'A z of 8 numbers cannot be divided into 3 rows.',
  );
});

test('the perceptron is as wide everywhere for points of the plane', () => {
  const { generator } = ganOf('mlp').players({
    options: { width: 8, depth: 2 },
    image: { size: 1, channels: 2 },
    z: { size: 2, distribution: 'normal' },
    nodes: 1,
    classes: 0,
  });
  expect(['hidden1', 'hidden2', 'image'].map((name) => shapesOf(generator!.network)[name])).toEqual([
    [8],
    [8],
    [1, 1, 2],
  ]);
});

test.each(
  GANS.filter(({ kind }) => !needsClasses(configOf(kind, {}))).map((gan) => [gan.kind, gan] as const),
)('%s can be trained with its recommended settings', (kind, gan) => {
  expect(
    completeConfig({ ...withRecommended(DEFAULT_RUN_CONFIG, gan.recommends), gan: { kind, options: {} } }).gan
      .kind,
  ).toBe(kind);
});
