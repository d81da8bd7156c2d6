/** The sum of several inputs, such as the two ways through a residual block (He et al. 2015). */
import { tf } from '../tensor.ts';
import { defineLayer, same } from './layer.ts';

/** [...], as often as there are inputs -> the same */
export const add = defineLayer<{ takes: 'several' }>({
  kind: 'add',
  about: {
    text: 'Adds its inputs number by number. In the backward pass, each of them gets the whole gradient.',
    formula: 'y = a + b;  ∂L/∂a = ∂L/∂b = ∂L/∂y',
  },
  takes: 'several',
  mixesBatch: false,
  outputShape: (inputs) => same(inputs),
  weights: () => [],
  forward: ({ inputs }) => ({ output: tf.addN(inputs) }),
  portable: () => ({ operation: 'add' }),
});
