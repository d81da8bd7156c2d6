import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type RunConfig } from '../contract/index.ts';
import type { Players, Settled } from '../game/index.ts';
import { dense, minibatchDeviation } from '../layers/index.ts';
import { completeConfig } from '../training/complete-config.ts';
import { imageShapeOf, playersOf } from '../training/rules.ts';
import { stabiliserOf } from './index.ts';

const choices = (...kinds: string[]) => kinds.map((kind) => ({ kind, options: {} }));
const GANS = {
  mlp: { kind: 'mlp', options: {} },
  dcgan: { kind: 'dcgan', options: {} },
  layered: { kind: 'dcgan', options: { normalisation: 'layer' } },
};

/** The refusal of these settings; undefined if they are accepted. */
function refusal(
  settings: Partial<RunConfig>,
): Pick<StudioError, 'code' | 'message' | 'remedy' | 'fix'> | undefined {
  try {
    completeConfig({ ...DEFAULT_RUN_CONFIG, ...settings });
    return undefined;
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
}

/** A run of these players, with a loss that takes labels. */
const runOf = (players: Players): Settled => ({
  config: DEFAULT_RUN_CONFIG,
  image: imageShapeOf(DEFAULT_RUN_CONFIG),
  loss: { label: '', meaning: 'logit', takesLabels: true, reading: { of: 'probability' } },
  meanings: ['logit', 'score'],
  players,
});

const PENALTIES = ['gradient-penalty', 'r1', 'dragan-penalty'];

describe('is refused, with a reason and a remedy', () => {
  test.each<[string, Partial<RunConfig>, RegExp, RegExp]>([
    ...PENALTIES.flatMap((kind): [string, Partial<RunConfig>, RegExp, RegExp][] => [
      [
        `${kind} with batch normalisation in D`,
        { gan: GANS.dcgan, stabilisers: choices(kind) },
        /D uses batch normalisation/,
        /layer normalisation or none/,
      ],
      [
        `${kind} with minibatch discrimination`,
        { gan: GANS.mlp, stabilisers: choices('minibatch-discrimination', kind) },
        /D uses minibatch discrimination/,
        /Switch off one of the two/,
      ],
    ]),
    [
      'weight clipping with the gradient penalty',
      { gan: GANS.mlp, stabilisers: choices('weight-clipping', 'gradient-penalty') },
      /gradient penalty pulls the gradient norm of D towards 1/,
      /Keep one/,
    ],
    [
      'weight clipping with the DRAGAN penalty',
      { gan: GANS.mlp, stabilisers: choices('weight-clipping', 'dragan-penalty') },
      /DRAGAN penalty pulls the gradient norm of D towards 1/,
      /Keep one/,
    ],
    [
      'weight clipping with spectral normalisation',
      { gan: GANS.mlp, stabilisers: choices('weight-clipping', 'spectral-norm') },
      /undoes what clipping does/,
      /Keep one/,
    ],
    [
      'virtual batch normalisation of a G without batch normalisation',
      { gan: GANS.mlp, stabilisers: choices('virtual-batch-norm') },
      /no batch normalisation that it could replace/,
      /such as DCGAN/,
    ],
    [
      'label smoothing with a loss without labels',
      { loss: { kind: 'wasserstein', options: {} }, stabilisers: choices('label-smoothing') },
      /no labels that could be smoothed/,
      /non-saturating/,
    ],
    [
      'packing of a batch that it does not divide',
      { batch: 9, stabilisers: choices('packing') },
      /batch of 9 cannot be packed by 2/,
      /multiple of 2/,
    ],
    [
      'packing of the whole batch',
      { batch: 2, stabilisers: choices('packing', 'pulling-away') },
      /a batch of 2 gives D a single output/,
      /a batch of 4 or more/,
    ],
    [
      'a stabiliser twice',
      { stabilisers: choices('label-flips', 'label-flips') },
      /chosen twice/,
      /Keep one/,
    ],
  ])('%s', (_, settings, message, remedy) => {
    const found = refusal(settings);
    expect(found?.code).toBe('senseless');
    expect(found?.message).toMatch(message);
    expect(found?.remedy).toMatch(remedy);
  });

  test('and a change of the settings that fixes it', () => {
    const fixOf = (settings: Partial<RunConfig>) => refusal(settings)?.fix;
    expect(fixOf({ gan: GANS.dcgan, stabilisers: choices('r1') })).toEqual({
      label: 'Use layer normalisation',
      change: { kind: 'option', name: 'normalisation', value: 'layer' },
    });
    expect(fixOf({ stabilisers: choices('packing'), batch: 15 })).toEqual({
      label: 'Use a batch of 14',
      change: { kind: 'set', path: 'batch', value: 14 },
    });
    expect(fixOf({ gan: GANS.mlp, stabilisers: choices('weight-clipping', 'gradient-penalty') })).toEqual({
      label: 'Switch off weight clipping',
      change: { kind: 'remove', stabiliser: 'weight-clipping' },
    });
    expect(fixOf({ gan: { kind: 'ebgan', options: {} } })).toEqual({
      label: 'Use the loss Energy with a margin (EBGAN)',
      change: { kind: 'choose', part: 'losses', entry: 'margin' },
    });
    expect(fixOf({ gan: { kind: 'conditional', options: {} } })?.change).toEqual({
      kind: 'choose',
      part: 'gans',
      entry: 'dcgan',
    });
  });

  test.each(PENALTIES)('%s with a D that sees the deviation of the minibatch', (kind) => {
    const { generator, discriminator } = playersOf({ ...DEFAULT_RUN_CONFIG, gan: GANS.mlp });
    const { network } = discriminator!;
    const run = runOf({
      generator: generator!,
      discriminator: {
        role: 'discriminator',
        network: { ...network, layers: [minibatchDeviation('deviation', {}), ...network.layers] },
      },
    });
    expect(stabiliserOf(kind).refuses!(run, {})).toMatchObject({
      message: expect.stringContaining('the deviation of the minibatch'),
      remedy: expect.stringContaining('judges each picture by itself'),
    });
  });

  test('what needs another form of network than the GAN has', () => {
    const players = playersOf({ ...DEFAULT_RUN_CONFIG, gan: GANS.dcgan });
    const [generator, discriminator] = [players['generator']!.network, players['discriminator']!.network];
    const run = (changed: Players): Settled => runOf({ ...players, ...changed });
    const conditional: Players = {
      generator: { role: 'generator', network: { ...generator, inputs: { z: [100], class: [10] } } },
    };
    const virtual = stabiliserOf('virtual-batch-norm');
    expect(virtual.refuses!(run(virtual.players!(conditional, { rows: 4 })), {})).toMatchObject({
      message: expect.stringContaining('more than a latent point'),
      remedy: expect.stringContaining('a GAN without classes'),
    });
    const withoutDense: Players = {
      discriminator: {
        role: 'discriminator',
        network: { ...discriminator, outputs: { logit: 'down2-relu', features: 'features' } },
      },
    };
    const discrimination = stabiliserOf('minibatch-discrimination');
    const changed = discrimination.players!(withoutDense, { kernels: 4, dimensions: 2 });
    expect(changed).toEqual(withoutDense);
    expect(discrimination.refuses!(run(changed), {})).toMatchObject({
      message: expect.stringContaining('one dense layer'),
      remedy: expect.stringContaining('packing'),
    });
  });
});

test.each([
  ['all three penalties on the gradient', { gan: GANS.layered, stabilisers: choices(...PENALTIES) }],
  ['R1 with weight clipping', { gan: GANS.mlp, stabilisers: choices('r1', 'weight-clipping') }],
  [
    'spectral normalisation with the gradient penalty',
    { gan: GANS.layered, stabilisers: choices('spectral-norm', 'gradient-penalty') },
  ],
  [
    'virtual batch normalisation of G with R1',
    { gan: GANS.layered, stabilisers: choices('virtual-batch-norm', 'r1') },
  ],
  [
    'all five techniques of one paper',
    {
      gan: GANS.dcgan,
      stabilisers: choices(
        'feature-matching',
        'minibatch-discrimination',
        'historical-averaging',
        'label-smoothing',
        'virtual-batch-norm',
      ),
    },
  ],
])('%s go together', (_, settings) => expect(refusal(settings)).toBeUndefined());

describe('a GAN of another shape', () => {
  const { discriminator } = playersOf(DEFAULT_RUN_CONFIG);
  const code: Players[string] = {
    role: 'discriminator',
    network: {
      inputs: { code: [4] },
      layers: [dense('features', { units: 4, bias: true }), dense('verdict', { units: 1, bias: true })],
      outputs: { logit: 'verdict', features: 'features' },
    },
  };
  const why = (kind: string, players: Players) => {
    const stabiliser = stabiliserOf(kind);
    return stabiliser.refuses?.(runOf(players), stabiliser.options.parse({}))?.message;
  };

  test.each(['diff-augment', 'ada'])('whose D judges no images: %s', (kind) => {
    expect(why(kind, { judge: code })).toMatch(/does not judge pictures/);
  });

  test.each(['gradient-penalty', 'r1', 'dragan-penalty', 'feature-matching', 'pulling-away', 'ada'])(
    'with two Ds: %s',
    (kind) => {
      expect(why(kind, { one: discriminator!, other: discriminator! })).toMatch(
        /works with one D, and this GAN has 2/,
      );
    },
  );
});
