/**
 * Group normalisation (Wu and He 2018): each image's channels are normalised in groups, whatever the batch
 * holds.
 */
import { defineLayer } from './layer.ts';
import { affineWeights, MOMENTS_EPSILON, standardise, type Affine } from './moments.ts';

export type GroupNormOptions = { groups: number };

/**
 * y = scale * (x - mean) / sqrt(variance + 1e-5) + offset, over the pixels and channels of a group; [height,
 * width, channels] -> the same
 */
export const groupNorm = defineLayer<{ takes: ['picture']; weights: Affine; options: GroupNormOptions }>({
  kind: 'group-norm',
  about: {
    text: 'Gives each group of channels mean 0 and standard deviation 1 within one picture, then a learned scale and offset.',
    formula: 'y = γ · (x − μ) / √(σ² + ε) + β,  μ, σ over a group',
  },
  takes: ['picture'],
  mixesBatch: false,
  outputShape([[height, width, channels]], { groups }) {
    if (channels % groups !== 0)
      throw new Error(`${channels} channels cannot be divided into ${groups} groups.`);
    return [height, width, channels];
  },
  weights: ([shape]) => affineWeights(shape),
  forward: ({ inputs: [x], weights, options: { groups } }) => ({ output: standardise(x, weights, groups) }),
  portable: ({ options: { groups }, weights }) => ({
    operation: 'group-norm',
    weights,
    groups,
    epsilon: MOMENTS_EPSILON,
  }),
});
