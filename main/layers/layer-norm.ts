/** Layer normalisation (Ba, Kiros and Hinton 2016): every image by itself, over all of its numbers. */
import { tf, type Shape, type Tensor } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';
import { affineWeights, MOMENTS_EPSILON, standardise } from './moments.ts';

/**
 * y = scale * (x - mean) / sqrt(variance + 1e-5) + offset; [...] -> the same.
 * Scale and offset belong to channels, as in the critic of Gulrajani et al. 2017; Keras has one for every number.
 */
export const layerNorm = defineLayer<Record<string, never>>({
  kind: 'layer-norm',
  about: {
    text: 'Gives all numbers of one image together mean 0 and deviation 1, then a learned scale and offset. No image depends on another.',
    formula: 'y = γ · (x − μ) / √(σ² + ε) + β,  μ, σ over the image',
  },
  outputShape: (inputs) => only(inputs),
  weights: (inputs) => affineWeights(only(inputs).at(-1)!),
  forward: ({ inputs, weights }) => ({
    output: standardise({
      x: only(inputs),
      factor: weights['scale']!,
      offset: weights['offset']!,
      groups: 1,
    }),
  }),
  keras: (_, inputs) => ({
    className: 'LayerNormalization',
    config: {
      axis: only(inputs).map((__, index) => index + 1),
      epsilon: MOMENTS_EPSILON,
      center: true,
      scale: true,
    },
    weights: [
      { ours: 'scale', keras: 'gamma', value: (weights) => everywhere(weights['scale']!, only(inputs)) },
      { ours: 'offset', keras: 'beta', value: (weights) => everywhere(weights['offset']!, only(inputs)) },
    ],
  }),
});

/** A number for every channel as one for every number of an image. */
function everywhere(perChannel: Tensor, shape: Shape): Tensor {
  return tf.mul(tf.ones(shape), perChannel);
}
