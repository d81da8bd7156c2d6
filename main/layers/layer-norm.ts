/** Layer normalisation (Ba, Kiros and Hinton 2016): every image by itself, over all of its numbers. */
import { defineLayer } from './layer.ts';
import { affineWeights, MOMENTS_EPSILON, standardise, type Affine } from './moments.ts';

/**
 * y = scale * (x - mean) / sqrt(variance + 1e-5) + offset; [...] -> the same. Scale and offset belong to
 * channels, as in the critic of Gulrajani et al. 2017; Keras' own layer has one for every number.
 */
export const layerNorm = defineLayer<{ takes: ['any']; weights: Affine }>({
  kind: 'layer-norm',
  about: {
    text: 'Gives all numbers of one picture together mean 0 and standard deviation 1, then a learned scale and offset. No picture depends on another.',
    formula: 'y = γ · (x − μ) / √(σ² + ε) + β,  μ, σ over the picture',
  },
  takes: ['any'],
  mixesBatch: false,
  outputShape: ([shape]) => shape,
  weights: ([shape]) => affineWeights(shape),
  forward: ({ inputs: [x], weights }) => ({ output: standardise(x, weights, 1) }),
  portable: ({ weights }) => ({ operation: 'group-norm', weights, groups: 1, epsilon: MOMENTS_EPSILON }),
});
