/** Instance normalisation (Ulyanov, Vedaldi and Lempitsky 2016): every channel of every image by itself. */
import { defineLayer } from './layer.ts';
import { affineWeights, MOMENTS_EPSILON, standardise, type Affine } from './moments.ts';

/**
 * y = scale * (x - mean) / sqrt(variance + 1e-5) + offset, over the pixels of a channel; [height, width,
 * channels] -> the same
 */
export const instanceNorm = defineLayer<{ takes: ['picture']; weights: Affine }>({
  kind: 'instance-norm',
  about: {
    text: 'Gives each channel of each picture mean 0 and standard deviation 1, then a learned scale and offset.',
    formula: 'y = γ · (x − μ) / √(σ² + ε) + β,  μ, σ over h × w',
  },
  takes: ['picture'],
  mixesBatch: false,
  outputShape: ([shape]) => shape,
  weights: ([shape]) => affineWeights(shape),
  forward({ inputs: [x], weights }) {
    const [, , , channels] = x.shape;
    return { output: standardise(x, weights, channels) };
  },
  portable: ({ shapes: [[, , channels]], weights }) => ({
    operation: 'group-norm',
    weights,
    groups: channels,
    epsilon: MOMENTS_EPSILON,
  }),
});
