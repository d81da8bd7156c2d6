import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, withRecommended, type RunConfig } from '../contract/index.ts';
import { shapesOf } from '../layers/index.ts';
import { completeConfig, networksOf } from '../training/rules.ts';
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
  ['dcgan', { width: 4, upsampling: 'repeat' }],
  ['sngan', { width: 4, blocks: 'residual' }],
  ['mlp', { width: 8, rows: 4, slope: 0 }],
] as const)('%s with %o trains, compiled as op by op', (kind, options) => {
  takeBothWays(completeConfig(configOf(kind, options)), { steps: 2 });
});

test.each([28, 32, 64, 128] as const)('residual blocks make images of %i pixels and judge them', (size) => {
  const { dataset } = DEFAULT_RUN_CONFIG;
  const { generator, discriminator } = networksOf({
    ...configOf('sngan', { width: 4, blocks: 'residual' }),
    dataset: { ...dataset, options: { ...dataset.options, size } },
  });
  expect(shapesOf(generator!)['image']).toEqual([size, size, 1]);
  expect(shapesOf(discriminator!)['verdict']).toEqual([1]);
});

test('a matrix of noise must fill its rows', () => {
  expect(() => completeConfig(configOf('mlp', { rows: 3 }))).toThrow('8 numbers of z do not fill 3 rows.');
});

test('the perceptron is as wide everywhere for points of the plane', () => {
  const { generator } = ganOf('mlp').networks({
    options: { width: 8, depth: 2 },
    image: { size: 1, channels: 2 },
    z: 2,
    verdicts: 1,
    classes: 0,
  });
  expect(['hidden1', 'hidden2', 'image'].map((name) => shapesOf(generator!)[name])).toEqual([
    [8],
    [8],
    [1, 1, 2],
  ]);
});

test.each(GANS.filter(({ isConditional }) => !isConditional).map((gan) => [gan.kind, gan] as const))(
  '%s can be trained as it recommends itself',
  (kind, gan) => {
    expect(
      completeConfig({ ...withRecommended(DEFAULT_RUN_CONFIG, gan.recommends), gan: { kind, options: {} } })
        .gan.kind,
    ).toBe(kind);
  },
);
