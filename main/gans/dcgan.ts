/** DCGAN: a transposed-convolution G and a convolutional D, both with batch normalisation. */
import { z } from 'zod';
import {
  activation,
  batchNorm,
  conv,
  dense,
  flatten,
  reshape,
  type Layer,
  type Network,
} from '../layers/index.ts';
import { AS_A_NEW_RUN, needsImages, type Gan, type ImageShape } from './gan.ts';
import { normalisationSchema, normalised, type Normalisation } from './normalisation.ts';
import { channelsPerLevel, doublingsOf } from './pyramid.ts';
import { discriminatorTurn, generatorTurn } from './turns.ts';
import { doubled, upsamplingSchema, type Upsampling } from './upsampling.ts';

export const dcganOptions = z.object({
  width: z.number().int().min(4).max(256).default(32).meta({
    title: 'Width',
    description: 'Channels of the layer next to the image; deeper layers have up to 8 times as many.',
  }),
  normalisation: normalisationSchema.default('batch'),
  upsampling: upsamplingSchema.default('transposed-conv'),
});

const KERNEL = 4;

function generator({
  width,
  upsampling,
  image,
  zSize,
}: {
  width: number;
  upsampling: Upsampling;
  image: ImageShape;
  zSize: number;
}): Network {
  const levels = channelsPerLevel(width, doublingsOf(image.size)).reverse();
  const first = image.size / 2 ** levels.length;
  const layers: Layer[] = [
    dense('start', { units: first * first * levels[0]!, bias: false }),
    reshape('start-picture', { shape: [first, first, levels[0]!] }),
    batchNorm('start-norm', {}),
    activation('start-relu', { function: 'relu' }),
  ];
  levels
    .slice(1)
    .forEach((filters, index) =>
      layers.push(
        ...doubled(`up${index + 1}`, { filters, upsampling, bias: false }),
        batchNorm(`up${index + 1}-norm`, {}),
        activation(`up${index + 1}-relu`, { function: 'relu' }),
      ),
    );
  layers.push(
    ...doubled('to-image', { filters: image.channels, upsampling, bias: true }),
    activation('image', { function: 'tanh' }),
  );
  return { inputs: { z: [zSize] }, layers, outputs: { image: 'image' } };
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
  const layers: Layer[] = [];
  channelsPerLevel(width, doublingsOf(image.size)).forEach((filters, level) => {
    const norm = level > 0 ? normalised(`down${level + 1}-norm`, normalisation) : [];
    layers.push(
      conv(`down${level + 1}`, { filters, kernel: KERNEL, stride: 2, bias: norm.length === 0 }),
      ...norm,
    );
    layers.push(activation(`down${level + 1}-relu`, { function: 'leaky-relu', slope: 0.2 }));
  });
  layers.push(flatten('features', {}), dense('verdict', { units: verdicts, bias: true }));
  return {
    inputs: { image: [image.size, image.size, image.channels] },
    layers,
    outputs: { verdict: 'verdict', features: 'features' },
  };
}

/** Radford, Metz and Chintala 2015: strided convolutions, batch norm in both, ReLU in G, leaky ReLU in D, tanh at the end. */
export const dcgan: Gan = {
  kind: 'dcgan',
  label: 'DCGAN',
  summary: 'The classic convolutional GAN. A sound start for any images.',
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
      'tanh -> fake image',
      'D: convolutions halve it, batch norm, leaky ReLU',
      'dense -> verdict',
    ],
  },
  recommends: AS_A_NEW_RUN,
  options: dcganOptions,
  phases: [discriminatorTurn, generatorTurn],
  refuses: ({ image }) => (image.size === 1 ? needsImages('A GAN of convolutions') : undefined),
  networks({ options, image, z: zSize, verdicts }) {
    const { width, normalisation, upsampling } = dcganOptions.parse(options);
    return {
      generator: generator({ width, upsampling, image, zSize }),
      discriminator: discriminator({ width, normalisation, image, verdicts }),
    };
  },
};
