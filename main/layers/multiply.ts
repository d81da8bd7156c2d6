/**
 * A picture times another, or times one number for each channel, as in the skip-layer excitation of Liu et
 * al. 2021.
 */
import { tf } from '../tensor.ts';
import { scale } from './broadcast.ts';
import { defineLayer } from './layer.ts';

/**
 * [height, width, channels] and the same, [1, 1, channels], [height, width, 1] or [channels] ->
 * [height, width, channels]
 */
export const multiply = defineLayer<{ takes: ['any', 'any'] }>({
  kind: 'multiply',
  about: {
    text: 'Multiplies its inputs number by number. In the backward pass, each gets the gradient times the other.',
    formula: 'y = a · b;  ∂L/∂a = b · ∂L/∂y',
  },
  takes: ['any', 'any'],
  mixesBatch: false,
  outputShape([x, factor]) {
    const fits = factor.every((size, index) => size === 1 || size === x.at(index - factor.length));
    if (!fits || factor.length > x.length) throw new Error(`[${x}] cannot be multiplied by [${factor}].`);
    return x;
  },
  weights: () => [],
  forward({ inputs: [x, factor] }) {
    const missing = new Array<number>(x.rank - factor.rank).fill(1);
    return { output: scale(x, tf.reshape(factor, [factor.shape[0], ...missing, ...factor.shape.slice(1)])) };
  },
  portable: () => ({ operation: 'multiply' }),
});
