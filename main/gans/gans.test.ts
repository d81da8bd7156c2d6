import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type Role, type RunConfig } from '../contract/index.ts';
import { shapesOf, weightSpecs, type Network } from '../layers/index.ts';
import { lossOf, LOSSES } from '../losses/index.ts';
import { completeConfig } from '../training/complete-config.ts';
import { rulesOf } from '../training/rules.ts';
import { noiseBatch, takeBothWays } from '../training/test-both-ways.ts';
import type { Players } from '../game/index.ts';
import { ganOf, GANS } from './index.ts';

/** Options that make a GAN with a width tiny. */
const TINY = { width: 4 };

/**
 * SGD, because Adam's first steps depend on the sign of a gradient, which rounding can flip where the
 * gradient is almost 0.
 */
const DESCENT: RunConfig['optimizer'] = {
  ...DEFAULT_RUN_CONFIG.optimizer,
  kind: 'sgd',
  options: {},
  learningRate: { discriminator: 0.01, generator: 0.01 },
};

type Gan = (typeof GANS)[number];

const shapeOf = (network: Network, output: string) => shapesOf(network)[network.outputs[output]!];
const networksAs = (role: Role, players: Players): Network[] =>
  Object.values(players).flatMap((player) => (player.role === role ? [player.network] : []));

/** The smallest run of a GAN on images of this kind; undefined where the GAN, or its loss, refuses it. */
function runOf(
  gan: Gan,
  { loss, size = 28, channels = 1 }: { loss: string; size?: 28 | 32 | 64; channels?: number },
) {
  const { dataset } = DEFAULT_RUN_CONFIG;
  const config: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    gan: { kind: gan.kind, options: 'width' in gan.options.shape ? TINY : {} },
    loss: { kind: loss, options: {} },
    batch: 4,
    z: { size: 8, distribution: 'normal' },
    classes: ['a', 'b', 'c'],
    optimizer: DESCENT,
    dataset: { ...dataset, options: { ...dataset.options, size, colour: channels === 1 ? 'grey' : 'rgb' } },
  };
  try {
    return completeConfig(config);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'senseless') return undefined;
    throw error;
  }
}

describe.each(GANS.map((gan) => [gan.kind, gan] as const))('the %s players', (_, gan) => {
  const losses = LOSSES.filter(({ kind }) => runOf(gan, { loss: kind }) !== undefined);

  test('have a loss to play with', () => expect(losses.length).toBeGreaterThan(0));

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
      const { kind } = losses.find(({ nodes }) => nodes === asked) ?? losses[0]!;
      const config = runOf(gan, { loss: kind, size, channels });
      if (!config) return; // refused, which `every-combination.test.ts` tests
      const { players, sources, uses } = rulesOf(config);
      const nodes = lossOf(kind).nodes;
      const generators = networksAs('generator', players);
      expect(generators.length).toBeGreaterThan(0);
      for (const network of generators) expect(shapeOf(network, 'image')).toEqual([size, size, channels]);
      for (const network of networksAs('discriminator', players)) {
        expect(shapeOf(network, 'logit')).toEqual([nodes]);
        expect(shapeOf(network, 'features')).toHaveLength(1);
        if (network.inputs['image']) expect(network.inputs['image']).toEqual([size, size, channels]);
      }
      // What a use takes is fed by a source, by the image, or by a network before it.
      for (const { networks, gives } of uses) {
        const known = new Set([...Object.keys(sources), 'image']);
        for (const name of networks) {
          const { network } = players[name]!;
          expect([...known]).toEqual(expect.arrayContaining(Object.keys(network.inputs)));
          Object.keys(network.outputs).forEach((output) => known.add(output));
        }
        expect([...known]).toEqual(expect.arrayContaining([...gives]));
      }
    },
  );

  test.each(losses.map(({ kind }) => kind))('train with the %s loss, compiled as op by op', (loss) => {
    const config = runOf(gan, { loss })!;
    const { phases } = rulesOf(config);
    const { before, after, losses } = takeBothWays(config, {
      steps: 3,
      batchOf: (step) => ({ ...noiseBatch(config, step), classes: [0, 1, 2, 0] }),
    });
    for (const each of losses) expect(Object.keys(each)).toEqual(phases.map(({ name }) => name));
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
    const { generator, discriminator } = ganOf('mlp').players({
      options,
      image: { size: 28, channels: 1 },
      z: { size: 100, distribution: 'normal' },
      nodes: 1,
      classes: 0,
    });
    const kernels = (network: Network) =>
      weightSpecs(network)
        .filter(({ name }) => name.endsWith('/kernel'))
        .map(({ shape }) => shape);
    return { generator: kernels(generator!.network), discriminator: kernels(discriminator!.network) };
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

  test('has as many hidden layers as its depth says', () => {
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

test('an unknown GAN is refused', () => {
  expect(() => ganOf('none')).toThrow('There is no GAN "none".');
});
