/** The smallest GAN: two multilayer perceptrons, which know of no pixel that it is next to another. */
import { z } from 'zod';
import { activation, dense, flatten, reshape, type Layer, type Network } from '../layers/index.ts';
import type { Gan, ImageShape } from './gan.ts';
import { discriminatorTurn, generatorTurn } from './turns.ts';

const optionsSchema = z.object({
  width: z.number().int().min(4).max(512).default(256).meta({
    title: 'Width',
    description: 'Units of the hidden layer farthest from the image; each one nearer to it has twice as many.',
  }),
  depth: z.number().int().min(1).max(4).default(2).meta({ title: 'Hidden layers', description: 'Of each network.' }),
});

/** Dense layers of these units, each with a leaky ReLU. */
function hidden(units: number[]): Layer[] {
  return units.flatMap((count, index) => [
    dense(`hidden${index + 1}`, { units: count, bias: true }),
    activation(`hidden${index + 1}-relu`, { function: 'leaky-relu', slope: 0.2 }),
  ]);
}

/** z -> units -> every number of the image. */
function generator({ units, image, zSize }: { units: number[]; image: ImageShape; zSize: number }): Network {
  const shape = [image.size, image.size, image.channels];
  return {
    inputs: { z: [zSize] },
    layers: [
      ...hidden(units),
      dense('to-image', { units: image.size ** 2 * image.channels, bias: true }),
      activation('pixels', { function: 'tanh' }),
      reshape('image', { shape }),
    ],
    outputs: { image: 'image' },
  };
}

function discriminator({ units, image, verdicts }: { units: number[]; image: ImageShape; verdicts: number }): Network {
  return {
    inputs: { image: [image.size, image.size, image.channels] },
    layers: [flatten('pixels', {}), ...hidden(units), dense('verdict', { units: verdicts, bias: true })],
    outputs: { verdict: 'verdict', features: `hidden${units.length}-relu` },
  };
}

/** Goodfellow et al. 2014, section 5: perceptrons for G and D; here with leaky ReLU in both, where they had ReLU, maxout and dropout. */
export const mlp: Gan = {
  kind: 'mlp',
  label: 'Perceptron',
  summary: 'The smallest GAN, of fully connected layers: quick to train, easy to look into, best with small grey images.',
  paper: { title: 'Goodfellow et al. 2014, Generative Adversarial Networks', url: 'https://arxiv.org/abs/1406.2661' },
  explanation: {
    discriminator: '',
    generator: '',
    pseudocode: [
      'z -> dense, leaky ReLU, twice',
      'dense, tanh -> every number of the image',
      'D: image as one row of numbers',
      'dense, leaky ReLU, twice',
      'dense -> verdict',
    ],
  },
  recommends: { loss: { kind: 'non-saturating', options: {} } },
  options: optionsSchema,
  phases: [discriminatorTurn, generatorTurn],
  networks({ options, image, z: zSize, verdicts }) {
    const { width, depth } = optionsSchema.parse(options);
    const units = Array.from({ length: depth }, (_, layer) => width * 2 ** layer); // width, 2 width, 4 width, ...
    return {
      generator: generator({ units, image, zSize }),
      discriminator: discriminator({ units: [...units].reverse(), image, verdicts }),
    };
  },
};
