/** The smallest GAN: two multilayer perceptrons, which do not know which pixels are neighbours. */
import { z } from 'zod';
import { activation, dense, flatten, reshape, type Layer } from '../layers/index.ts';
import {
  AS_A_NEW_RUN,
  defineGan,
  type DiscriminatorNetwork,
  type GeneratorNetwork,
  type ImageShape,
} from './gan.ts';
import { discriminatorTurn, generatorTurn, pair } from './one-against-one.ts';

const optionsSchema = z.object({
  width: z.number().int().min(4).max(512).default(256).meta({
    title: 'Width',
    description:
      'Units of the hidden layer farthest from the picture. Each layer closer to the picture has twice as many. For points, every layer has this many.',
  }),
  depth: z
    .number()
    .int()
    .min(1)
    .max(4)
    .default(2)
    .meta({ title: 'Hidden layers', description: 'Hidden layers of each network.' }),
  slope: z.number().min(0).max(1).default(0.2).meta({
    title: 'Leaky ReLU slope',
    description:
      'Slope of the activation for negative numbers. 0 makes it a plain ReLU, which suits points of the plane.',
  }),
  rows: z.number().int().min(1).max(1024).default(1).meta({
    title: 'Rows of z',
    description: 'Rows of z where z is a matrix. 1 makes z a vector, as usual.',
  }),
});

/** Dense layers of these units, each with a leaky ReLU. */
function hidden(units: number[], slope: number): Layer[] {
  return units.flatMap((count, index) => [
    dense(`hidden${index + 1}`, { units: count, bias: true, start: 'he' }),
    activation(`hidden${index + 1}-relu`, { function: 'leaky-relu', slope }),
  ]);
}

/** z -> units -> every number of the image. */
function generator({
  units,
  slope,
  image,
  zSize,
  rows,
}: {
  units: number[];
  slope: number;
  image: ImageShape;
  zSize: number;
  rows: number;
}): GeneratorNetwork {
  const shape = [image.size, image.size, image.channels];
  return {
    inputs: { z: [zSize] },
    layers: [
      ...(rows === 1
        ? []
        : [reshape('z-matrix', { shape: [rows, zSize / rows] }), flatten('z-row-by-row', {})]),
      ...hidden(units, slope),
      dense('to-image', { units: image.size ** 2 * image.channels, bias: true, start: 'he' }),
      activation('pixels', { function: 'tanh' }),
      reshape('image', { shape }),
    ],
    outputs: { image: 'image' },
  };
}

function discriminator({
  units,
  slope,
  image,
  nodes,
}: {
  units: number[];
  slope: number;
  image: ImageShape;
  nodes: number;
}): DiscriminatorNetwork {
  return {
    inputs: { image: [image.size, image.size, image.channels] },
    layers: [
      flatten('pixels', {}),
      ...hidden(units, slope),
      dense('verdict', { units: nodes, bias: true, start: 'he' }),
    ],
    outputs: { logit: 'verdict', features: `hidden${units.length}-relu` },
  };
}

/**
 * Goodfellow et al. 2014, section 5: perceptrons for G and D; here with leaky ReLU in both, instead of ReLU,
 * maxout and dropout.
 */
export const mlp = defineGan({
  kind: 'mlp',
  label: 'Perceptron',
  summary:
    'The smallest GAN: fully connected layers only. Quick to train and easy to understand. Suits small grey pictures and points of the plane.',
  paper: {
    title: 'Goodfellow et al. 2014, Generative Adversarial Networks',
    url: 'https://arxiv.org/abs/1406.2661',
  },
  explanation: {
    discriminator: '−mean log D(x) − mean log(1 − D(G(z)))',
    generator: '−mean log D(G(z))',
    pseudocode: [
      'z -> dense, leaky ReLU, twice',
      'dense, tanh -> all numbers of the picture',
      'D: picture as one row of numbers',
      'dense, leaky ReLU, twice',
      'dense -> logit',
    ],
  },
  recommends: AS_A_NEW_RUN,
  options: optionsSchema,
  phases: [discriminatorTurn, generatorTurn],
  refuses(_, { options: { rows }, z: { size: zSize } }) {
    return zSize % rows === 0
      ? undefined
      : {
          message: `A z of ${zSize} numbers cannot be divided into ${rows} rows.`,
          remedy: `Choose a multiple of ${rows} as the size of z.`,
          fix: {
            label: `Use a z of ${Math.ceil(zSize / rows) * rows}`,
            change: { kind: 'set', path: 'z.size', value: Math.ceil(zSize / rows) * rows },
          },
        };
  },
  players({ options: { width, depth, slope, rows }, image, z: { size: zSize }, nodes }) {
    const units = Array.from({ length: depth }, (_, layer) =>
      image.size === 1 ? width : width * 2 ** layer,
    ); // width, 2 width, 4 width, ...
    return pair({
      generator: generator({ units, slope, image, zSize, rows }),
      discriminator: discriminator({ units: [...units].reverse(), slope, image, nodes }),
    });
  },
});
