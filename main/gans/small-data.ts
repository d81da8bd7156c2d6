/** A GAN for some tens to some hundreds of images, after FastGAN: G is gated and small, and D must remember enough of an image to rebuild it. */
import { z } from 'zod';
import { PLAIN_OPTIMIZER } from '../contract/index.ts';
import {
  activation,
  add,
  averagePool,
  batchNorm,
  conv,
  dense,
  flatten,
  multiply,
  reshape,
  upsample,
  type Layer,
  type Network,
} from '../layers/index.ts';
import { tf, type Scalar, type Tensor, type Tensor4D } from '../tensor.ts';
import type { Phase } from '../turn.ts';
import { needsImages, type Gan, type ImageShape } from './gan.ts';
import { normalisationSchema, normalised, type Normalisation } from './normalisation.ts';
import { channelsAt, doublingsOf } from './pyramid.ts';
import { generatorTurn } from './turns.ts';

const optionsSchema = z.object({
  width: z.number().int().min(4).max(128).default(8).meta({
    title: 'Width',
    description: 'Channels of the layer next to the image; deeper layers have up to 8 times as many.',
  }),
  normalisation: normalisationSchema.default('none'),
});

/** So many doublings lie between a picture and the one that it excites, or as many as there are. */
const EXCITATION_SPAN = 4;

const leaky = (name: string): Layer => activation(name, { function: 'leaky-relu', slope: 0.2 });

/** Twice as large, by a gated linear unit: the layer `name`. */
function doubled({
  name,
  filters,
  from,
  normalisation,
}: {
  name: string;
  filters: number;
  from: string;
  normalisation: Normalisation;
}): Layer[] {
  const half = (part: string): Layer[] => {
    const norm = normalised(`${name}-${part}-norm`, normalisation);
    return [
      conv(`${name}-${part}`, { filters, kernel: 3, stride: 1, bias: norm.length === 0 }, `${name}-larger`),
      ...norm,
    ];
  };
  return [
    upsample(`${name}-larger`, { factor: 2 }, from),
    ...gated({ name, value: half('value'), gate: half('gate') }),
  ];
}

/** A gated linear unit, value * sigmoid(gate): the layer `name`. Dauphin et al. 2017, equation 1. */
function gated({ name, value, gate }: { name: string; value: Layer[]; gate: Layer[] }): Layer[] {
  return [
    ...value,
    ...gate,
    activation(`${name}-open`, { function: 'sigmoid' }),
    multiply(name, {}, value.at(-1)!.name, `${name}-open`),
  ];
}

/** z -> the first picture, of a dense layer, gated. */
function firstPicture(name: string, { first, channels }: { first: number; channels: number }): Layer[] {
  const half = (part: string): Layer[] => [
    dense(`${name}-${part}`, { units: first * first * channels, bias: false }, 'z'),
    reshape(`${name}-${part}-picture`, { shape: [first, first, channels] }),
    batchNorm(`${name}-${part}-norm`, {}),
  ];
  return gated({ name, value: half('value'), gate: half('gate') });
}

/** Skip-layer excitation: a small picture says how much of each channel of a large one passes. Liu et al. 2021, equation 1. */
function excitation({
  name,
  from,
  into,
  first,
  factor,
  filters,
}: {
  name: string;
  from: string;
  into: string;
  first: number;
  factor: number;
  filters: number;
}): Layer[] {
  const pooled = factor === 1 ? [] : [averagePool(`${name}-pooled`, { factor }, from)];
  return [
    ...pooled,
    conv(
      `${name}-glance`,
      { filters, kernel: first, stride: 1, bias: true, padding: 'valid' },
      pooled[0]?.name ?? from,
    ), // [1, 1, filters]
    leaky(`${name}-glance-relu`),
    conv(`${name}-shares`, { filters, kernel: 1, stride: 1, bias: true }),
    activation(`${name}-open`, { function: 'sigmoid' }),
    multiply(name, {}, into, `${name}-open`),
  ];
}

function generator({ width, image, zSize }: { width: number; image: ImageShape; zSize: number }): Network {
  const doublings = doublingsOf(image.size);
  const first = image.size / 2 ** doublings;
  const span = Math.min(EXCITATION_SPAN, doublings);
  const pictures = ['picture0'];
  const layers = firstPicture('picture0', { first, channels: channelsAt(width, doublings) });
  for (let level = 1; level <= doublings; level++) {
    const filters = channelsAt(width, doublings - level);
    layers.push(
      ...doubled({ name: `picture${level}`, filters, from: pictures.at(-1)!, normalisation: 'batch' }),
    );
    if (level >= span) {
      const below = level - span;
      layers.push(
        ...excitation({
          name: `excited${level}`,
          from: pictures[below]!,
          into: `picture${level}`,
          first,
          factor: 2 ** below,
          filters,
        }),
      );
    }
    pictures.push(layers.at(-1)!.name);
  }
  layers.push(
    conv('to-image', { filters: image.channels, kernel: 3, stride: 1, bias: true }),
    activation('image', { function: 'tanh' }),
  );
  return { inputs: { z: [zSize] }, layers, outputs: { image: 'image' } };
}

/** Halves a picture in two ways and adds them: convolutions, and an average. */
function halving({
  name,
  filters,
  from,
  normalisation,
}: {
  name: string;
  filters: number;
  from: string;
  normalisation: Normalisation;
}): Layer[] {
  const step = (
    part: string,
    { kernel, stride, input }: { kernel: number; stride: number; input: string },
  ): Layer[] => {
    const norm = normalised(`${name}-${part}-norm`, normalisation);
    return [
      conv(`${name}-${part}`, { filters, kernel, stride, bias: norm.length === 0 }, input),
      ...norm,
      leaky(`${name}-${part}-relu`),
    ];
  };
  return [
    ...step('first', { kernel: 4, stride: 2, input: from }),
    ...step('second', { kernel: 3, stride: 1, input: `${name}-first-relu` }),
    averagePool(`${name}-average`, { factor: 2 }, from),
    ...step('straight', { kernel: 1, stride: 1, input: `${name}-average` }),
    add(name, {}, `${name}-second-relu`, `${name}-straight-relu`),
  ];
}

/** From D's last picture back to an image of half the side. */
function decoder({
  width,
  image,
  levels,
  normalisation,
}: {
  width: number;
  image: ImageShape;
  levels: number;
  normalisation: Normalisation;
}): Layer[] {
  const layers: Layer[] = [];
  for (let level = levels - 1; level >= 1; level--) {
    layers.push(
      ...doubled({
        name: `rebuilt${level}`,
        filters: channelsAt(width, level - 1),
        from: layers.at(-1)?.name ?? `down${levels}`,
        normalisation,
      }),
    );
  }
  return [
    ...layers,
    conv('to-reconstruction', { filters: image.channels, kernel: 3, stride: 1, bias: true }),
    activation('reconstruction', { function: 'tanh' }),
  ];
}

function discriminator({
  width,
  normalisation,
  image,
  verdicts,
}: {
  width: number;
  normalisation: Normalisation;
  image: ImageShape;
  verdicts: number;
}): Network {
  const doublings = doublingsOf(image.size);
  const levels = image.size === 28 ? doublings : doublings - 1; // down to 7 or 8 pixels
  const layers: Layer[] = [
    conv('down1-first', { filters: channelsAt(width, 1), kernel: 4, stride: 2, bias: true }),
    leaky('down1'),
  ];
  for (let level = 2; level <= levels; level++)
    layers.push(
      ...halving({
        name: `down${level}`,
        filters: channelsAt(width, level),
        from: `down${level - 1}`,
        normalisation,
      }),
    );
  layers.push(
    conv('glance', { filters: channelsAt(width, levels), kernel: 4, stride: 2, bias: true }),
    leaky('glance-relu'),
    flatten('features', {}),
    dense('verdict', { units: verdicts, bias: true }),
    ...decoder({ width, image, levels, normalisation }),
  );
  return {
    inputs: { image: [image.size, image.size, image.channels] },
    layers,
    outputs: { verdict: 'verdict', features: 'features', reconstruction: 'reconstruction' },
  };
}

/** Mean |rebuilt - image| over pixels, with the image as D saw it, made as small; of images that D sees together, the first. */
function reconstructionError(rebuilt: Tensor, seen: Tensor): Scalar {
  const [, side, , channels] = rebuilt.shape as Tensor4D['shape'];
  const image = seen.shape[3] === channels ? seen : tf.slice(seen, [0, 0, 0, 0], [-1, -1, -1, channels]);
  const small = tf.avgPool(image as Tensor4D, seen.shape[1]! / side, seen.shape[1]! / side, 'valid');
  return tf.mean(tf.abs(tf.sub(rebuilt, small)));
}

/** D moves, and learns to rebuild real images as well. Liu et al. 2021, equations 2 and 3. */
const rebuildingTurn: Phase = {
  name: 'discriminator',
  moves: 'discriminator',
  everySteps: 1,
  minimises({ real, fakes, loss, judge, report }) {
    const answers = judge(real, 'real');
    const error = reconstructionError(answers['reconstruction']!, answers['seen']!);
    report('reconstruction', error);
    return tf.add(
      loss.discriminator({ real: answers['verdict']!, fake: judge(fakes(), 'fake')['verdict']! }),
      error,
    );
  },
};

/**
 * Liu et al. 2021 at 28 to 128 pixels: skip-layer excitation in G, and a D that rebuilds the images that it sees.
 *
 * Theirs has three decoders, a perceptual distance and noise in G; this one decoder, absolute differences, and no noise.
 */
export const smallData: Gan = {
  kind: 'small-data',
  label: 'Small-data GAN (after FastGAN)',
  summary:
    'For 50 to 1,000 images: D must rebuild what it sees, so that it learns more from each image than real or fake. Quick enough without a graphics card.',
  paper: {
    title:
      'Liu et al. 2021, Towards Faster and Stabilized GAN Training for High-fidelity Few-shot Image Synthesis',
    url: 'https://arxiv.org/abs/2101.04775',
  },
  explanation: {
    discriminator: '+ mean |R(D(x)) − x|,  R rebuilds x from what D keeps of it',
    generator: '',
    pseudocode: [
      'z -> dense -> small picture; repeatedly: twice as large, convolution times sigmoid(convolution)',
      'large picture *= sigmoid(conv(small picture)), one share for each channel',
      'D: halve by convolutions plus an average -> dense -> verdict',
      'rebuilt = R(picture inside D of the real image)',
      'loss_D += mean(abs(rebuilt - image as D saw it))',
    ],
  },
  recommends: {
    loss: { kind: 'hinge', options: {} },
    stabilisers: [
      { kind: 'spectral-norm', options: {} },
      { kind: 'diff-augment', options: {} },
    ],
    z: { size: 128, distribution: 'normal' },
    optimizer: {
      kind: 'adam',
      options: { beta1: 0.5 },
      learningRate: { discriminator: 5e-4, generator: 1e-3 },
      ...PLAIN_OPTIMIZER,
    },
    batch: 16,
    averaging: 0.995,
  },
  options: optionsSchema,
  phases: [rebuildingTurn, generatorTurn],
  refuses: ({ image }) => (image.size === 1 ? needsImages('The small-data GAN') : undefined),
  networks({ options, image, z: zSize, verdicts }) {
    const { width, normalisation } = optionsSchema.parse(options);
    return {
      generator: generator({ width, image, zSize }),
      discriminator: discriminator({ width, normalisation, image, verdicts }),
    };
  },
};
