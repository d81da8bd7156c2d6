/** Adds Gaussian noise to its input, in training only. */
import { tf } from '../tensor.ts';
import { defineLayer, drawing, EACH_NUMBER } from './layer.ts';

export type NoiseOptions = { scale: number };

/** In training y = x + scale * n, n from the standard normal distribution; [...] -> the same */
export const noise = defineLayer<{ takes: ['any']; options: NoiseOptions }>({
  kind: 'noise',
  about: {
    text: 'Adds noise that is new in every step. The gradient passes as it is.',
    formula: 'y = x + s · noise',
  },
  ...EACH_NUMBER,
  forward({ inputs: [x], options: { scale }, mode, random }) {
    return {
      output:
        mode === 'inference' || scale === 0 ? x : tf.add(x, tf.mul(drawing(random).normal(x.shape), scale)),
    };
  },
  portable: ({ options: { scale } }) => ({ operation: 'noise', scale }),
});
