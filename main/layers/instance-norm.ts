/** Instance normalisation (Ulyanov, Vedaldi and Lempitsky 2016): every channel of every image by itself. */
import { defineLayer, only } from './layer.ts';
import { affineWeights, standardise } from './moments.ts';

/** y = scale * (x - mean) / sqrt(variance + 1e-5) + offset, over the pixels of a channel; [height, width, channels] -> the same */
export const instanceNorm = defineLayer<Record<string, never>>({
  kind: 'instance-norm',
  about: {
    text: 'Gives each channel of each image mean 0 and deviation 1, then a learned scale and offset.',
    formula: 'y = γ · (x − μ) / √(σ² + ε) + β,  μ, σ over h × w',
  },
  outputShape: (inputs) => only(inputs),
  weights: (inputs) => affineWeights(only(inputs).at(-1)!),
  forward({ inputs, weights }) {
    const x = only(inputs);
    return {
      output: standardise({
        x,
        factor: weights['scale']!,
        offset: weights['offset']!,
        groups: x.shape.at(-1)!,
      }),
    };
  },
});
