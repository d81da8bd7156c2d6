/** EBGAN: D is an autoencoder, and its output is an energy, the error with which it rebuilds an image. */
import { z } from 'zod';
import { PLAIN_OPTIMIZER } from '../contract/index.ts';
import type { Refusal, Settled } from '../game/index.ts';
import { activation, dense, flatten, reconstructionError, reshape, type Layer } from '../layers/index.ts';
import { dcganGenerator, dcganOptions } from './dcgan.ts';
import { defineGan, needsImages, type DiscriminatorNetwork, type GanInput } from './gan.ts';
import { halvings } from './halving.ts';
import { normalised } from './normalisation.ts';
import { discriminatorTurn, GENERATE, generatorTurn, pair } from './one-against-one.ts';
import { channelsAt, doublingsOf } from './pyramid.ts';
import { rebuilding } from './rebuilding.ts';
import { doubled } from './upsampling.ts';

const optionsSchema = dcganOptions.extend({
  code: z.number().int().min(2).max(1024).default(64).meta({
    title: 'Code of D',
    description:
      'Numbers in the code from which D rebuilds a picture. With a short code, D can rebuild only pictures like those of the data set.',
  }),
});
type Options = z.infer<typeof optionsSchema>;

/** Image -> halved -> code -> doubled -> reconstruction; the energy is the error between it and the image. */
function autoencoder({ options, image }: GanInput<Options>): DiscriminatorNetwork {
  const { width, normalisation, upsampling, icnr, code } = options;
  const doublings = doublingsOf(image.size);
  const [first, channels] = [image.size / 2 ** doublings, channelsAt(width, doublings - 1)];
  const relu = (name: string): Layer => activation(name, { function: 'leaky-relu', slope: 0.2 });
  const layers: Layer[] = [
    ...halvings({ width, normalisation, size: image.size }),
    flatten('kept', {}),
    dense('features', { units: code, bias: true }),
    dense('unfolded', { units: first * first * channels, bias: true }),
    reshape('unfolded-picture', { shape: [first, first, channels] }),
    relu('unfolded-relu'),
  ];
  for (let level = 1; level < doublings; level++) {
    const filters = channelsAt(width, doublings - 1 - level);
    const norm = normalised(`rebuilt${level}-norm`, normalisation);
    layers.push(
      ...doubled(`rebuilt${level}`, { filters, upsampling, icnr, bias: norm.length === 0 }),
      ...norm,
      relu(`rebuilt${level}-relu`),
    );
  }
  layers.push(
    ...doubled('to-reconstruction', { filters: image.channels, upsampling, icnr, bias: true }),
    activation('reconstruction', { function: 'tanh' }),
    reconstructionError('verdict', {}, 'image', 'reconstruction'),
  );
  return rebuilding(image, layers);
}

/** Refusals of the stabilisers that do not fit an EBGAN, by kind. */
const UNFIT: Record<string, Refusal> = {
  'packing': {
    message: 'The D of an EBGAN rebuilds one picture, and cannot judge several at once.',
    remedy: 'Switch packing off, and use the pulling-away term for more variety.',
    fix: { label: 'Switch off packing', change: { kind: 'remove', stabiliser: 'packing' } },
  },
  'feature-matching': {
    message: 'The G of an EBGAN minimises the energy of its fakes. Feature matching would replace this loss.',
    remedy: 'Switch feature matching off, or choose another GAN such as DCGAN.',
    fix: {
      label: 'Switch off feature matching',
      change: { kind: 'remove', stabiliser: 'feature-matching' },
    },
  },
};

function refuses({ image, config: { stabilisers } }: Settled): Refusal | undefined {
  if (image.size === 1) return needsImages('The EBGAN');
  return stabilisers.map(({ kind }) => UNFIT[kind]).find((found) => found !== undefined);
}

/**
 * Zhao, Mathieu and LeCun 2016: D is an autoencoder, its reconstruction error is the energy, and the loss has
 * a margin.
 *
 * The paper's D has no dense layer at its code, which is a small picture. The energy is the mean of the
 * squared differences, as in the authors' code; the paper writes the root of their sum.
 */
export const ebgan = defineGan({
  kind: 'ebgan',
  label: 'EBGAN (energy-based)',
  summary:
    'D is an autoencoder. Its output is an energy, the error with which it rebuilds a picture: low for real pictures.',
  paper: {
    title: 'Zhao, Mathieu and LeCun 2016, Energy-based Generative Adversarial Network',
    url: 'https://arxiv.org/abs/1609.03126',
  },
  explanation: {
    discriminator: 'mean E(x) + mean max(0, m − E(G(z))),  E(x) = mean (R(x) − x)²,  R rebuilds x',
    generator: 'mean E(G(z))',
    pseudocode: [
      'rebuilt = decode(encode(x))',
      'energy = mean((rebuilt - x) ** 2), for each picture',
      'loss_D = mean(energy of real) + mean(max(0, margin - energy of fake)); update D',
      'loss_G = mean(energy of fake)',
      'update G',
    ],
  },
  recommends: {
    loss: { kind: 'margin', options: {} },
    stabilisers: [{ kind: 'pulling-away', options: {} }],
    z: { size: 100, distribution: 'normal' },
    optimizer: {
      kind: 'adam',
      options: { beta1: 0.5 },
      learningRate: { discriminator: 1e-3, generator: 1e-3 },
      ...PLAIN_OPTIMIZER,
    },
  },
  options: optionsSchema,
  meanings: ['energy'],
  phases: [discriminatorTurn, generatorTurn],
  uses: [
    GENERATE,
    {
      use: 'rebuild',
      label: 'Rebuild pictures, as D does',
      networks: ['discriminator'],
      gives: ['reconstruction'],
    },
  ],
  refuses,
  players: (given) => pair({ generator: dcganGenerator(given), discriminator: autoencoder(given) }),
});
