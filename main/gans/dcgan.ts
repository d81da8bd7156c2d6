/** DCGAN: a transposed-convolution G and a convolutional D, both with batch normalisation. */
import { z } from 'zod';
import { activation, batchNorm, conv, dense, flatten, reshape, transposedConv, type Layer, type Network } from '../layers/index.ts';
import type { Gan, ImageShape } from './gan.ts';
import { discriminatorTurn, generatorTurn } from './turns.ts';

const optionsSchema = z.object({
  width: z.number().int().min(4).max(256).default(32).meta({
    title: 'Width',
    description: 'Channels of the layer next to the image; deeper layers have up to 8 times as many.',
  }),
});

const KERNEL = 4;

/** How often the picture doubles: 28 from 7, 32 from 4 (3 times), 64 from 4 (4 times), 128 from 4 (5 times). */
function doublings(size: number): number {
  return size === 28 ? 2 : Math.log2(size / 4);
}

/** Channels at each level, next to the image first: width, 2 width, ... 8 width. */
function channelsPerLevel(width: number, levels: number): number[] {
  return Array.from({ length: levels }, (_, level) => width * Math.min(8, 2 ** level));
}

function generator({ width, image, zSize }: { width: number; image: ImageShape; zSize: number }): Network {
  const levels = channelsPerLevel(width, doublings(image.size)).reverse();
  const first = image.size / 2 ** levels.length;
  const layers: Layer[] = [
    dense('start', { units: first * first * levels[0]!, bias: false }),
    reshape('start-picture', { shape: [first, first, levels[0]!] }),
    batchNorm('start-norm', {}),
    activation('start-relu', { function: 'relu' }),
  ];
  levels.slice(1).forEach((filters, index) => layers.push(
    transposedConv(`up${index + 1}`, { filters, kernel: KERNEL, stride: 2, bias: false }),
    batchNorm(`up${index + 1}-norm`, {}),
    activation(`up${index + 1}-relu`, { function: 'relu' }),
  ));
  layers.push(
    transposedConv('to-image', { filters: image.channels, kernel: KERNEL, stride: 2, bias: true }),
    activation('image', { function: 'tanh' }),
  );
  return { inputs: { z: [zSize] }, layers, outputs: { image: 'image' } };
}

function discriminator({ width, image, verdicts }: { width: number; image: ImageShape; verdicts: number }): Network {
  const layers: Layer[] = [];
  channelsPerLevel(width, doublings(image.size)).forEach((filters, level) => {
    layers.push(conv(`down${level + 1}`, { filters, kernel: KERNEL, stride: 2, bias: level === 0 }));
    if (level > 0) layers.push(batchNorm(`down${level + 1}-norm`, {}));
    layers.push(activation(`down${level + 1}-relu`, { function: 'leaky-relu', slope: 0.2 }));
  });
  layers.push(flatten('features', {}), dense('verdict', { units: verdicts, bias: true }));
  return { inputs: { image: [image.size, image.size, image.channels] }, layers, outputs: { verdict: 'verdict' } };
}

/** Radford, Metz and Chintala 2015: strided convolutions, batch norm in both, ReLU in G, leaky ReLU in D, tanh at the end. */
export const dcgan: Gan = {
  kind: 'dcgan',
  label: 'DCGAN',
  summary: 'The classic convolutional GAN. A sound start for any images.',
  paper: {
    title: 'Radford, Metz and Chintala 2015, Unsupervised Representation Learning with Deep Convolutional GANs',
    url: 'https://arxiv.org/abs/1511.06434',
  },
  loss: 'non-saturating',
  options: optionsSchema,
  phases: [discriminatorTurn, generatorTurn],
  networks({ options, image, z: zSize, verdicts }) {
    const { width } = optionsSchema.parse(options);
    return { generator: generator({ width, image, zSize }), discriminator: discriminator({ width, image, verdicts }) };
  },
};
