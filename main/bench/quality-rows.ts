/**
 * The rows of the quality bench: presets, their earlier settings, what was tried in between, and two peers.
 */
import {
  DEFAULT_RUN_CONFIG,
  PLAIN_OPTIMIZER,
  withRecommended,
  type Recommended,
  type RunConfig,
} from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';
import { PRESETS } from '../catalogue/index.ts';

/** What makes a row's samples: one of our runs, or a peer in PyTorch; or they are real pictures. */
export type Maker =
  | { kind: 'ours'; recommended: Recommended }
  | { kind: 'peer'; model: 'dcgan' | 'small'; width: number }
  | { kind: 'real' };

export type Row = { row: string; about: string; maker: Maker };

function preset(kind: string): Recommended {
  const found = PRESETS.find((each) => each.kind === kind);
  if (!found) throw new Error(`There is no preset "${kind}".`);
  return found.recommends;
}

const widthOf = ({ gan }: Recommended): number =>
  Number(gan && ganOf(gan.kind).options.parse(gan.options)['width']);

/** The optimiser of both earlier presets. */
const ADAM: NonNullable<Recommended['optimizer']> = {
  kind: 'adam',
  options: {},
  learningRate: { discriminator: 5e-4, generator: 1e-3 },
  ...PLAIN_OPTIMIZER,
};

/** 'Few pictures' before batch norm in D. */
const FEW_BEFORE: Recommended = {
  gan: {
    kind: 'small-data',
    options: { width: 8, normalisation: 'none', patches: false, upsampling: 'repeat' },
  },
  loss: { kind: 'hinge', options: {} },
  stabilisers: [
    { kind: 'spectral-norm', options: { scale: 1 } },
    { kind: 'diff-augment', options: {} },
  ],
  z: { size: 128, distribution: 'normal' },
  optimizer: { ...ADAM, options: { beta1: 0.5 } },
  batch: 16,
  averaging: 0.995,
};

/** DCGAN's default before repeated pixels. */
const DCGAN_BEFORE: Recommended = {
  gan: {
    kind: 'dcgan',
    options: { width: 32, normalisation: 'batch', upsampling: 'transposed-conv', icnr: false },
  },
  loss: { kind: 'non-saturating', options: {} },
  stabilisers: [],
  z: { size: 100, distribution: 'normal' },
  optimizer: ADAM,
  batch: 64,
  averaging: 0.99,
};

const ours = (row: string, about: string, recommended: Recommended): Row => ({
  row,
  about,
  maker: { kind: 'ours', recommended },
});

/** The settings with some options of the GAN, learning rates (of D and G) and other settings changed. */
function changed(
  before: Recommended,
  {
    options,
    rates,
    ...others
  }: Omit<Recommended, 'gan'> & { options?: Record<string, unknown>; rates?: [number, number] },
): Recommended {
  const { gan, optimizer } = before;
  if (!gan || !optimizer) throw new Error('A row names its GAN and its optimiser.');
  return {
    ...before,
    gan: { ...gan, options: { ...gan.options, ...options } },
    ...(rates && {
      optimizer: { ...optimizer, learningRate: { discriminator: rates[0], generator: rates[1] } },
    }),
    ...others,
  };
}

const hinge = { kind: 'hinge', options: {} };
const augmented = (scale: number) => [
  { kind: 'spectral-norm', options: { scale } },
  { kind: 'diff-augment', options: {} },
];
const FEW = changed(FEW_BEFORE, { options: { normalisation: 'batch', upsampling: 'smooth' } });
const SMOOTH = changed(DCGAN_BEFORE, { options: { upsampling: 'smooth' } });
const diffAugment = [{ kind: 'diff-augment', options: {} }];

const PLAIN_32 = changed(SMOOTH, { batch: 32, averaging: 0.995, options: { width: 16 } });
const SMALL = { batch: 16, averaging: 0.995, stabilisers: diffAugment };

const TRIED: readonly Row[] = [
  ours('few-at-once', 'batch norm in D, pixels repeated and convolved at once', FEW),
  ours('few-width-12', 'like few-at-once, width 12', changed(FEW, { options: { width: 12 } })),
  ours('few-patches', 'like few-at-once, logits of patches', changed(FEW, { options: { patches: true } })),
  ours(
    'few-patches-1.4',
    'like few-at-once, logits of patches, spectral scale 1.4',
    changed(FEW, { options: { patches: true }, stabilisers: augmented(1.4) }),
  ),
  ours('few-batch-8', 'like few-at-once, batches of 8', changed(FEW, { batch: 8 })),
  ours(
    'few-plain-8',
    'like few-at-once, without DiffAugment, batches of 8',
    changed(FEW, { batch: 8, stabilisers: [{ kind: 'spectral-norm', options: { scale: 1 } }] }),
  ),
  ours(
    'few-rates',
    'like few-at-once, batches of 8, learning rates of 2e-4',
    changed(FEW, { batch: 8, rates: [2e-4, 2e-4] }),
  ),
  ours('dcgan-smooth', 'pixels repeated and convolved at once', SMOOTH),
  ours('dcgan-small-batch', 'like dcgan-smooth, DiffAugment, batches of 16', changed(SMOOTH, SMALL)),
  ours(
    'dcgan-narrow',
    'like dcgan-small-batch, width 16',
    changed(SMOOTH, { ...SMALL, options: { width: 16 } }),
  ),
  ours(
    'dcgan-plain',
    'like dcgan-narrow, without DiffAugment',
    changed(SMOOTH, { ...SMALL, options: { width: 16 }, stabilisers: [] }),
  ),
  ours('dcgan-plain-32', 'like dcgan-plain, batches of 32', PLAIN_32),
  ours(
    'dcgan-32-augmented',
    'like dcgan-plain-32, with DiffAugment',
    changed(PLAIN_32, { stabilisers: diffAugment }),
  ),
  ours(
    'dcgan-32-slow',
    'like dcgan-plain-32, learning rates of 2e-4',
    changed(PLAIN_32, { rates: [2e-4, 2e-4] }),
  ),
  ours('dcgan-32-wide', 'like dcgan-plain-32, width 32', changed(PLAIN_32, { options: { width: 32 } })),
  ours(
    'dcgan-hinge',
    'like dcgan-narrow, hinge, spectral norm',
    changed(SMOOTH, { ...SMALL, options: { width: 16 }, loss: hinge, stabilisers: augmented(1) }),
  ),
  ours(
    'dcgan-hinge-1.4',
    'like dcgan-narrow, hinge, spectral scale 1.4',
    changed(SMOOTH, { ...SMALL, options: { width: 16 }, loss: hinge, stabilisers: augmented(1.4) }),
  ),
];

export const ROWS: readonly Row[] = [
  { row: 'real', about: 'pictures trained on: what a perfect copier makes', maker: { kind: 'real' } },
  ours('few-pictures', '‘Few pictures’ as recommended', preset('few-images')),
  ours(
    'few-pictures-before',
    '‘Few pictures’ as it was: the small-data GAN, without batch norm in D',
    FEW_BEFORE,
  ),
  ours('all-round', '‘All-round’, DCGAN’s default', preset('all-round')),
  ours('all-round-plain', '‘All-round’ without DiffAugment', { ...preset('all-round'), stabilisers: [] }),
  ours('all-round-before', '‘All-round’ as it was, with transposed convolutions', DCGAN_BEFORE),
  {
    row: 'pytorch-dcgan',
    about: 'PyTorch’s DCGAN example, as wide as ‘All-round’',
    maker: { kind: 'peer', model: 'dcgan', width: widthOf(preset('all-round')) },
  },
  {
    row: 'pytorch-small',
    about: 'FastGAN’s recipe in PyTorch, as wide as our small-data GAN',
    maker: { kind: 'peer', model: 'small', width: widthOf(FEW_BEFORE) },
  },
  ...TRIED,
];

/** The settings of one of our rows. */
export function configOf(recommended: Recommended, dataset: RunConfig['dataset'], seed: number): RunConfig {
  return { ...withRecommended(DEFAULT_RUN_CONFIG, recommended), dataset, seed, heldOut: 0 };
}
