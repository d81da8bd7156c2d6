/** Gaussian noise on what passes, in training only. */
import { tf } from '../tensor.ts';
import { defineLayer, drawing, only } from './layer.ts';

export type NoiseOptions = { scale: number };

/** In training y = x + scale * n, n from the standard normal distribution; [...] -> the same */
export const noise = defineLayer<NoiseOptions>({
  kind: 'noise',
  about: {
    text: 'Adds noise that is new in every step. The gradient passes as it is.',
    formula: 'y = x + s · noise',
  },
  outputShape: (inputs) => only(inputs),
  weights: () => [],
  forward({ inputs, options: { scale }, mode, random }) {
    const x = only(inputs);
    return {
      output:
        mode === 'inference' || scale === 0 ? x : tf.add(x, tf.mul(drawing(random).normal(x.shape), scale)),
    };
  },
  keras: ({ scale }) => ({ className: 'GaussianNoise', config: { stddev: scale }, weights: [] }),
});
