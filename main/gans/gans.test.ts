import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { shapesOf, weightSpecs, type Network } from '../layers/index.ts';
import { LOSSES } from '../losses/index.ts';
import { needsClasses } from '../training/rules.ts';
import { noiseBatch, takeBothWays } from '../training/test-both-ways.ts';
import { ganOf, GANS, type Given } from './index.ts';

/** A tiny one of every gan: all of them have a width. */
const TINY = { width: 4 };

/**
 * Adam's first steps go by a gradient's sign, which rounding turns where the gradient is almost 0: a loss
 * that passes through 0 then shows it.
 */
const DESCENT: RunConfig['optimizer'] = {
  ...DEFAULT_RUN_CONFIG.optimizer,
  kind: 'sgd',
  options: {},
  learningRate: { discriminator: 0.01, generator: 0.01 },
};

const networksOf = (gan: (typeof GANS)[number], given: Given): Record<string, Network> =>
  Object.fromEntries(Object.entries(gan.players(given)).map(([name, { network }]) => [name, network]));
const shapeOf = (network: Network, output: string) => shapesOf(network)[network.outputs[output]!];

describe.each(GANS.map((gan) => [gan.kind, gan] as const))('the %s networks', (_, gan) => {
  const isTold = needsClasses({ ...DEFAULT_RUN_CONFIG, gan: { kind: gan.kind, options: TINY } });
  const classes = isTold ? 3 : 0;
  const told = isTold ? { class: [3] } : {};
  /** Those that can teach its D. */
  const losses = LOSSES.filter(({ answer }) => gan.answers.includes(answer));

  test.each([
    [28, 1, 1],
    [28, 3, 2],
    [32, 1, 2],
    [32, 3, 1],
    [64, 1, 1],
    [64, 3, 2],
  ] as const)(
    'make images of %i pixels with %i channels and judge them with %i nodes, or as many as its losses want',
    (size, channels, asked) => {
      const verdicts = losses.some((loss) => loss.verdicts === asked) ? asked : 1;
      const { generator, discriminator, encoder } = networksOf(gan, {
        options: gan.options.parse(TINY),
        image: { size, channels },
        z: { size: 10, distribution: 'normal' },
        verdicts,
        classes,
      });
      const code = encoder ? { z: [10] } : {};
      expect(generator!.inputs).toEqual({ z: [10], ...told });
      expect(shapeOf(generator!, 'image')).toEqual([size, size, channels]);
      expect(discriminator!.inputs).toEqual({ image: [size, size, channels], ...told, ...code });
      expect(shapeOf(discriminator!, 'verdict')).toEqual([verdicts]);
      if (!encoder) return;
      expect(encoder.inputs).toEqual({ image: [size, size, channels] });
      expect(shapeOf(encoder, 'z')).toEqual([10]);
    },
  );

  test.each(losses.map(({ kind }) => kind))('train with the %s loss, compiled as op by op', (loss) => {
    const config: RunConfig = {
      ...DEFAULT_RUN_CONFIG,
      gan: { kind: gan.kind, options: TINY },
      loss: { kind: loss, options: {} },
      batch: 4,
      z: { size: 8, distribution: 'normal' },
      classes: ['a', 'b', 'c'].slice(0, classes),
      optimizer: DESCENT,
    };
    const { before, after, losses } = takeBothWays(config, {
      steps: 3,
      batchOf: (step) => ({ ...noiseBatch(config, step), classes: [0, 1, 2, 0] }),
    });
    for (const told of losses) expect(Object.keys(told)).toEqual(['discriminator', 'generator']);
    const kernels = Object.keys(after).filter(
      (name) => name.startsWith('weights/') && name.endsWith('/kernel'),
    );
    expect(
      kernels.filter((name) =>
        after[name]!.values.every((value, index) => value === before[name]!.values[index]),
      ),
    ).toEqual([]);
  });
});

describe('the perceptron', () => {
  const kernelsOf = (options: Record<string, unknown>) => {
    const { generator, discriminator } = networksOf(ganOf('mlp'), {
      options,
      image: { size: 28, channels: 1 },
      z: { size: 100, distribution: 'normal' },
      verdicts: 1,
      classes: 0,
    });
    const kernels = (network: Network) =>
      weightSpecs(network)
        .filter(({ name }) => name.endsWith('/kernel'))
        .map(({ shape }) => shape);
    return { generator: kernels(generator!), discriminator: kernels(discriminator!) };
  };

  test('widens towards the image, and its discriminator mirrors that', () => {
    expect(kernelsOf({})).toEqual({
      generator: [
        [100, 256],
        [256, 512],
        [512, 784],
      ],
      discriminator: [
        [784, 512],
        [512, 256],
        [256, 1],
      ],
    });
  });

  test('has as many hidden layers as it is told', () => {
    expect(kernelsOf({ width: 8, depth: 1 })).toEqual({
      generator: [
        [100, 8],
        [8, 784],
      ],
      discriminator: [
        [784, 8],
        [8, 1],
      ],
    });
    expect(kernelsOf({ width: 8, depth: 3 }).generator).toEqual([
      [100, 8],
      [8, 16],
      [16, 32],
      [32, 784],
    ]);
  });
});

test('an unknown GAN is refused with the ones there are', () => {
  expect(() => ganOf('none')).toThrow('There is no GAN "none".');
});
