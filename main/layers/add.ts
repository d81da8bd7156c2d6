/** The sum of several inputs, such as the two branches of a residual block (He et al. 2015). */
import { tf } from '../tensor.ts';
import { defineLayer, sharedShape } from './layer.ts';

/** Any number of inputs of one shape, [...] -> the same shape */
export const add = defineLayer<{ takes: 'several' }>({
  kind: 'add',
  about: {
    text: 'Adds its inputs number by number. In the backward pass, each of them gets the whole gradient.',
    formula: 'y = a + b;  ∂L/∂a = ∂L/∂b = ∂L/∂y',
  },
  takes: 'several',
  mixesBatch: false,
  outputShape: (inputs) => sharedShape(inputs),
  weights: () => [],
  forward: ({ inputs }) => ({ output: tf.addN(inputs) }),
  portable: () => ({ operation: 'add' }),
});
