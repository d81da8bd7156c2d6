/** DCGAN: a transposed-convolution G and a convolutional D, both with batch normalisation. */
import { z } from 'zod';
import { activation, batchNorm, dense, flatten, reshape, type Layer } from '../layers/index.ts';
import {
  AS_A_NEW_RUN,
  defineGan,
  needsImages,
  type DiscriminatorNetwork,
  type GeneratorNetwork,
  type GanInput,
} from './gan.ts';
import { halvings } from './halving.ts';
import { normalisationSchema } from './normalisation.ts';
import { channelsAt, doublingsOf } from './pyramid.ts';
import { discriminatorTurn, generatorTurn, pair } from './one-against-one.ts';
import { doubled, icnrSchema, upsamplingSchema } from './upsampling.ts';

/**
 * The options of every GAN that is built like DCGAN. The published DCGAN doubles pictures by transposed
 * convolutions, which leave chequered patterns: see docs/quality.md.
 */
export const dcganOptions = z.object({
  width: z.number().int().min(4).max(256).default(32).meta({
    title: 'Width',
    description:
      'Channels of the layer closest to the picture. Deeper layers have up to 8 times as many. A wider network can learn more and takes longer.',
  }),
  normalisation: normalisationSchema.default('batch'),
  upsampling: upsamplingSchema.default('smooth'),
  icnr: icnrSchema.default(true),
});
export type DcganOptions = z.infer<typeof dcganOptions>;

/** z -> a small picture of many channels, doubled until it has the image's size. */
export function dcganGenerator({
  options: { width, upsampling, icnr },
  image,
  z: { size: zSize },
}: Pick<
  GanInput<Pick<DcganOptions, 'width' | 'upsampling' | 'icnr'>>,
  'options' | 'image' | 'z'
>): GeneratorNetwork {
  const doublings = doublingsOf(image.size);
  const [first, channels] = [image.size / 2 ** doublings, channelsAt(width, doublings - 1)];
  const layers: Layer[] = [
    dense('start', { units: first * first * channels, bias: false }),
    reshape('start-picture', { shape: [first, first, channels] }),
    batchNorm('start-norm', {}),
    activation('start-relu', { function: 'relu' }),
  ];
  for (let level = 1; level < doublings; level++)
    layers.push(
      ...doubled(`up${level}`, {
        filters: channelsAt(width, doublings - 1 - level),
        upsampling,
        icnr,
        bias: false,
      }),
      batchNorm(`up${level}-norm`, {}),
      activation(`up${level}-relu`, { function: 'relu' }),
    );
  layers.push(
    ...doubled('to-image', { filters: image.channels, upsampling, icnr, bias: true }),
    activation('image', { function: 'tanh' }),
  );
  return { inputs: { z: [zSize] }, layers, outputs: { image: 'image' } };
}

/** The image -> halved down to 4 or 7 pixels a side -> logit. */
export function dcganDiscriminator({
  options: { width, normalisation },
  image,
  nodes,
}: GanInput<DcganOptions>): DiscriminatorNetwork {
  const layers = halvings({ width, normalisation, size: image.size });
  layers.push(flatten('features', {}), dense('verdict', { units: nodes, bias: true }));
  return {
    inputs: { image: [image.size, image.size, image.channels] },
    layers,
    outputs: { logit: 'verdict', features: 'features' },
  };
}

/**
 * Radford, Metz and Chintala 2015: strided convolutions, batch norm in both, ReLU in G, leaky ReLU in D, tanh
 * at the end.
 */
export const dcgan = defineGan({
  kind: 'dcgan',
  label: 'DCGAN',
  summary: 'The classic convolutional GAN, and a good start for pictures of any kind.',
  paper: {
    title:
      'Radford, Metz and Chintala 2015, Unsupervised Representation Learning with Deep Convolutional GANs',
    url: 'https://arxiv.org/abs/1511.06434',
  },
  explanation: {
    discriminator: '−mean log D(x) − mean log(1 − D(G(z)))',
    generator: '−mean log D(G(z))',
    pseudocode: [
      'z -> dense -> small picture of many channels',
      'repeatedly: transposed convolution doubles it, batch norm, ReLU',
      'tanh -> fake picture',
      'D: convolutions halve it, batch norm, leaky ReLU',
      'dense -> logit',
    ],
  },
  recommends: AS_A_NEW_RUN,
  options: dcganOptions,
  phases: [discriminatorTurn, generatorTurn],
  refuses: ({ image }) => (image.size === 1 ? needsImages('A GAN of convolutions') : undefined),
  players: (given) => pair({ generator: dcganGenerator(given), discriminator: dcganDiscriminator(given) }),
});
