/** The same numbers in another shape, such as a vector as a small picture with many channels. */
import { tf } from '../tensor.ts';
import { defineLayer } from './layer.ts';

type Options = { shape: number[] };

/** [...] -> shape */
export const reshape = defineLayer<{ takes: ['any']; options: Options }>({
  kind: 'reshape',
  about: {
    text: 'Rearranges the same numbers into another shape. Nothing is computed.',
    formula: 'y = x, in another shape',
  },
  takes: ['any'],
  mixesBatch: false,
  outputShape([before], { shape }) {
    const size = (dimensions: number[]) => dimensions.reduce((product, dimension) => product * dimension, 1);
    if (size(before) !== size(shape)) throw new Error(`Cannot reshape [${before}] to [${shape}].`);
    return shape;
  },
  weights: () => [],
  forward: ({ inputs: [x], options }) => ({ output: tf.reshape(x, [x.shape[0], ...options.shape]) }),
  portable: ({ options: { shape } }) => ({ operation: 'reshape', shape }),
});

/** [...] -> [product of all] */
export const flatten = defineLayer<{ takes: ['any'] }>({
  kind: 'flatten',
  about: {
    text: 'Rearranges the picture into one row of numbers. Nothing is computed.',
    formula: '[h, w, c] → [h · w · c]',
  },
  takes: ['any'],
  mixesBatch: false,
  outputShape: ([shape]) => [shape.reduce((product, dimension) => product * dimension, 1)],
  weights: () => [],
  forward: ({ inputs: [x] }) => ({ output: tf.reshape(x, [x.shape[0], -1]) }),
  portable: ({ shapes: [shape] }) => ({
    operation: 'reshape',
    shape: [shape.reduce((product, dimension) => product * dimension, 1)],
  }),
});
