/** A smaller picture: the mean of every square of factor * factor pixels. */
import { defineLayer } from './layer.ts';
import { averagePixels } from './resample.ts';

export type AveragePoolOptions = { factor: number };

/** [height, width, channels] -> [height / factor, width / factor, channels] */
export const averagePool = defineLayer<{ takes: ['picture']; options: AveragePoolOptions }>({
  kind: 'average-pool',
  about: {
    text: 'Takes the mean over small squares. In the backward pass, each pixel of a square gets an even share.',
    formula: 'y = mean of k × k;  ∂L/∂x = ∂L/∂y / k²',
  },
  takes: ['picture'],
  mixesBatch: false,
  outputShape([[height, width, channels]], { factor }) {
    if (height % factor !== 0 || width % factor !== 0)
      throw new Error(`${height} × ${width} pixels cannot be divided by ${factor}.`);
    return [height / factor, width / factor, channels];
  },
  weights: () => [],
  forward: ({ inputs: [x], options: { factor } }) => ({ output: averagePixels(x, factor) }),
  portable: ({ options: { factor } }) => ({ operation: 'average-pool', factor }),
});
