/** The same numbers in another shape, such as a vector as a small picture with many channels. */
import { tf } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

type Options = { shape: number[] };

/** [...] -> shape */
export const reshape = defineLayer<Options>({
  kind: 'reshape',
  about: {
    text: 'Lays the same numbers out in another shape. Nothing is computed.',
    formula: 'y = x, in another shape',
  },
  outputShape(inputs, { shape }) {
    const size = (dimensions: number[]) => dimensions.reduce((product, dimension) => product * dimension, 1);
    if (size(only(inputs)) !== size(shape))
      throw new Error(`Cannot reshape [${only(inputs)}] to [${shape}].`);
    return shape;
  },
  weights: () => [],
  forward: ({ inputs, options }) => ({
    output: tf.reshape(only(inputs), [only(inputs).shape[0]!, ...options.shape]),
  }),
  keras: ({ shape }) => ({ className: 'Reshape', config: { target_shape: shape }, weights: [] }),
});

/** [...] -> [product of all] */
export const flatten = defineLayer<Record<string, never>>({
  kind: 'flatten',
  about: {
    text: 'Lays the picture out as one row of numbers. Nothing is computed.',
    formula: '[h, w, c] → [h · w · c]',
  },
  outputShape: (inputs) => [only(inputs).reduce((product, dimension) => product * dimension, 1)],
  weights: () => [],
  forward: ({ inputs }) => ({ output: tf.reshape(only(inputs), [only(inputs).shape[0]!, -1]) }),
  keras: () => ({ className: 'Flatten', config: { data_format: 'channels_last' }, weights: [] }),
});
