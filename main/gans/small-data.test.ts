import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, withRecommended, type RunConfig } from '../contract/index.ts';
import { forward, inputNames, initialWeights, shapesOf } from '../layers/index.ts';
import { randomUniform } from '../random.ts';
import { expectClose } from '../reference/index.ts';
import { tf, type Tensor, type Tensor4D } from '../tensor.ts';
import { completeConfig } from '../training/complete-config.ts';
import { takeBothWays } from '../training/test-both-ways.ts';
import { Session } from '../training/session.ts';
import { objectiveOf } from '../losses/index.ts';
import type { Turn } from '../game/index.ts';
import { ganOf, type GanInput } from './index.ts';

const gan = ganOf('small-data');
const givenOf = (size: number, channels = 3): GanInput => ({
  options: gan.options.parse({ width: 4 }),
  image: { size, channels },
  z: { size: 8, distribution: 'normal' },
  nodes: 1,
  classes: 0,
});
function networksOf(size: number, channels = 3) {
  const { generator, discriminator } = gan.players(givenOf(size, channels));
  return { generator: generator!.network, discriminator: discriminator!.network };
}

/** A small run with the GAN's recommended settings. */
function configOf(settings: Partial<RunConfig> = {}): RunConfig {
  const { dataset } = DEFAULT_RUN_CONFIG;
  return completeConfig({
    ...withRecommended(DEFAULT_RUN_CONFIG, gan.recommends),
    gan: { kind: 'small-data', options: { width: 4 } },
    z: { size: 8, distribution: 'normal' },
    batch: 8,
    dataset: { ...dataset, options: { ...dataset.options, size: 32, colour: 'rgb' } },
    ...settings,
  });
}

/**
 * SGD, because Adam's first steps depend on the sign of a gradient, which rounding can flip where the
 * gradient is almost 0, as it is before batch norm.
 */
const DESCENT: RunConfig['optimizer'] = {
  ...DEFAULT_RUN_CONFIG.optimizer,
  kind: 'sgd',
  options: {},
  learningRate: { discriminator: 0.01, generator: 0.01 },
};

const imagesOf = (config: RunConfig, step: number) =>
  randomUniform({ seed: 1, stream: 'order', step }, config.batch * 32 * 32 * 3);

describe('skip-layer excitation', () => {
  test.each([
    [28, ['picture0 -> picture2']],
    [32, ['picture0 -> picture3']],
    [64, ['picture0 -> picture4']],
    [128, ['picture0 -> picture4', 'picture1 -> picture5']],
  ])('at %i pixels goes %s', (size, expected) => {
    const { generator } = networksOf(size);
    const { layers } = generator;
    const source = (name: string): string => {
      const index = layers.findIndex((layer) => layer.name === name);
      return name.startsWith('picture') || name.startsWith('z')
        ? name
        : source(inputNames(generator, index)[0]!);
    };
    const excited = layers.filter(({ kind, name }) => kind === 'multiply' && name.startsWith('excited'));
    expect(excited.map(({ name, inputs: [into] }) => `${source(`${name}-glance`)} -> ${into}`)).toEqual(
      expected,
    );
    expect(shapesOf(generator)['image']).toEqual([size, size, 3]);
  });

  test('multiplies every channel of the large picture by one number from 0 to 1', () => {
    const { generator } = networksOf(32);
    const weights = initialWeights(generator, { seed: 1, firstStep: 0 });
    const outputs = { before: 'picture3', shares: 'excited3-open', after: 'excited3' };
    const { before, shares, after } = forward({
      network: { ...generator, outputs },
      weights,
      inputs: { z: tf.ones([1, 8]) },
      mode: 'inference',
    }).outputs;
    expect(shares!.shape).toEqual([1, 1, 1, 4]);
    const factors = shares!.dataSync();
    expect(factors.every((factor) => factor > 0 && factor < 1)).toBe(true);
    expectClose(
      after!,
      Array.from(before!.dataSync(), (value, index) => value * factors[index % 4]!),
    );
  });
});

describe('D’s reconstruction', () => {
  test.each([
    [28, 14],
    [32, 16],
    [64, 32],
    [128, 64],
  ])('of %i pixels has %i', (size, half) => {
    const { discriminator } = networksOf(size, 1);
    expect(shapesOf(discriminator)[discriminator.outputs['reconstruction']!]).toEqual([half, half, 1]);
  });

  const lossOf = (judge: Turn['judge'], real: Tensor) =>
    gan
      .phases(givenOf(28))[0]!
      .minimises({
        inputs: { real, z: real },
        step: tf.scalar(0),
        loss: objectiveOf({ kind: 'hinge', options: {} }),
        random: { normal: tf.zeros, uniform: tf.zeros },
        memory: {},
        run: () => ({}),
        reals: () => ({ image: real }),
        fakes: () => ({ image: real }),
        judge,
        weights: () => ({}),
        remember: () => undefined,
        report: () => undefined,
      })
      .dataSync()[0]!;

  test('is compared with the real image as D saw it, not as it was, and of images seen together with the first', () => {
    const real = tf.randomUniform([2, 8, 8, 3], -1, 1, 'float32', 1);
    const changed = tf.reverse(real, 2);
    const rebuilt = tf.avgPool(changed as Tensor4D, 2, 2, 'valid');
    const logit = tf.zeros([2, 1]); // hinge: 1 for real images and 1 for fakes
    expect(lossOf(() => ({ logit, reconstruction: rebuilt, seen: changed }), real)).toBeCloseTo(2, 5);
    expect(
      lossOf(() => ({ logit, reconstruction: rebuilt, seen: tf.concat([changed, real], 3) }), real),
    ).toBeCloseTo(2, 5);
    expect(lossOf(() => ({ logit, reconstruction: rebuilt, seen: real }), real)).toBeGreaterThan(2.1);
  });

  test('gets better with training', () => {
    const config = configOf();
    const session = new Session(config);
    const colours = imagesOf(config, 0); // each image is of one colour
    const images = colours.map((_, index) => colours[3 * Math.floor(index / (32 * 32 * 3)) + (index % 3)]!);
    const errors = Array.from(
      { length: 200 },
      () => session.takeStep({ images: images.slice() }).measures['reconstruction']!,
    );
    session.dispose();
    const meanOf = (some: number[]) => some.reduce((sum, error) => sum + error, 0) / some.length;
    expect(meanOf(errors.slice(-50))).toBeLessThan(0.7 * meanOf(errors.slice(0, 10)));
  });
});

describe('logits of patches', () => {
  const discriminatorOf = (size: number, nodes: 1 | 2) => {
    const options = gan.options.parse({ width: 4, patches: true });
    const image = { size, channels: 3 };
    const z = { size: 8, distribution: 'normal' } as const;
    return gan.players({ options, image, z, nodes, classes: 0 })['discriminator']!.network;
  };

  test.each([
    [28, 1, 4],
    [32, 2, 5],
    [64, 1, 5],
    [128, 1, 5],
  ] as const)('at %i pixels with %i nodes are a map of side %i', (size, nodes, side) => {
    const shapes = shapesOf(discriminatorOf(size, nodes));
    expect(shapes['patches']).toEqual([side, side, nodes]);
    expect(shapes['verdict']).toEqual([nodes]);
  });

  test('make D’s logit on an image: their mean', () => {
    const network = discriminatorOf(32, 1);
    const { logit, patches } = forward({
      network: { ...network, outputs: { logit: 'verdict', patches: 'patches' } },
      weights: initialWeights(network, { seed: 1, firstStep: 0 }),
      inputs: { image: tf.randomUniform([2, 32, 32, 3], -1, 1, 'float32', 1) },
      mode: 'training',
    }).outputs;
    expectClose(logit!, Array.from(tf.mean(patches!, [1, 2, 3]).dataSync()));
  });
});

test('pixels repeated and convolved at once make the same pictures as one after the other', () => {
  const imagesOf = (upsampling: string) => {
    const options = gan.options.parse({ width: 4, upsampling });
    const { network } = gan.players({ ...givenOf(32), options })['generator']!;
    const { image } = forward({
      network,
      weights: initialWeights(network, { seed: 1, firstStep: 0 }),
      inputs: { z: tf.randomNormal([3, 8], 0, 1, 'float32', 1) },
      mode: 'training',
    }).outputs;
    return image!;
  };
  expectClose(imagesOf('smooth'), Array.from(imagesOf('repeat').dataSync()), 1e-4);
});

test('D’s batch norm is left out where a run asks for none', () => {
  const kinds = (options: Record<string, unknown>) =>
    gan
      .players({
        options: gan.options.parse({ width: 4, ...options }),
        image: { size: 32, channels: 3 },
        z: { size: 8, distribution: 'normal' },
        nodes: 1,
        classes: 0,
      })
      ['discriminator']!.network.layers.map(({ kind }) => kind);
  expect(kinds({})).toContain('batch-norm');
  expect(kinds({ normalisation: 'none' })).not.toContain('batch-norm');
});

test.each([
  ['with its recommended settings', {}],
  ['with logits of patches', { gan: { kind: 'small-data', options: { width: 4, patches: true } } }],
  [
    'with pixels repeated before they are convolved',
    { gan: { kind: 'small-data', options: { width: 4, upsampling: 'repeat' } } },
  ],
  ['without batch norm in D', { gan: { kind: 'small-data', options: { width: 4, normalisation: 'none' } } }],
  [
    'with ADA and packing',
    {
      optimizer: DESCENT,
      stabilisers: [
        { kind: 'ada', options: {} },
        { kind: 'packing', options: {} },
      ],
    },
  ],
])('trains %s, compiled as op by op', (_, settings) => {
  const config = configOf(settings);
  takeBothWays(config, { steps: 2, batchOf: (step) => ({ images: imagesOf(config, step) }) });
});
