/**
 * Dropout (Srivastava et al. 2014), inverted: the numbers that stay are scaled up in training, so that
 * inference changes nothing.
 */
import { tf } from '../tensor.ts';
import { defineLayer, drawing, EACH_NUMBER } from './layer.ts';

export type DropoutOptions = { rate: number };

/**
 * In training y = x * m / (1 - rate), where each m is 0 with probability `rate`, else 1; [...] -> the same
 * shape
 */
export const dropout = defineLayer<{ takes: ['any']; options: DropoutOptions }>({
  kind: 'dropout',
  about: {
    text: 'Sets random numbers to 0, different ones in every step; no gradient passes them.',
    formula: 'y = m · x / (1 − p),  m ∈ {0, 1}',
  },
  ...EACH_NUMBER,
  forward({ inputs: [x], options: { rate }, mode, random }) {
    if (mode === 'inference' || rate === 0) return { output: x };
    const stays = tf.cast(tf.greaterEqual(drawing(random).uniform(x.shape), rate), 'float32');
    return { output: tf.mul(x, tf.mul(stays, 1 / (1 - rate))) };
  },
  portable: ({ options: { rate } }) => ({ operation: 'dropout', rate }),
});
