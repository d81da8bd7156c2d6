/** Fully connected: output = input * kernel + bias. */
import { tf, type Tensor, type Tensor2D } from '../tensor.ts';
import { shift } from './broadcast.ts';
import { defineLayer } from './layer.ts';
import {
  finishedKernel,
  kernelOf,
  kernelWeights,
  type SpectralNorm,
  type WithKernel,
} from './spectral-norm.ts';

/**
 * `start`: how kernel and bias begin. By default as in DCGAN: the kernel with standard deviation 0.02, the
 * bias at 0. `he`: the kernel with sqrt(2 / inputs), which layers without normalisation need (He et al. 2015,
 * equation 10), and the bias with 1 / sqrt(inputs), because with a bias of 0 the ReLUs of all units would
 * bend at the origin.
 */
export type DenseOptions = { units: number; bias: boolean; start?: 'he' } & SpectralNorm;

/** [n] -> [units] */
export const dense = defineLayer<{ takes: ['row']; weights: WithKernel<Tensor2D>; options: DenseOptions }>({
  kind: 'dense',
  about: {
    text: 'Each output is a weighted sum of all inputs. In the backward pass, each input gathers from all outputs by the same weights.',
    formula: 'y = x W + b;  ∂L/∂x = ∂L/∂y Wᵀ,  ∂L/∂W = xᵀ ∂L/∂y',
  },
  takes: ['row'],
  mixesBatch: false,
  outputShape: (_, { units }) => [units],
  weights: ([[count]], { units, start, ...options }) =>
    kernelWeights({
      ...options,
      shape: [count, units],
      outputs: units,
      ...(start === 'he' && {
        start: {
          kernel: { mean: 0, deviation: Math.sqrt(2 / count) },
          bias: { mean: 0, deviation: 1 / Math.sqrt(count) },
        },
      }),
    }),
  forward({ inputs: [x], weights, options, mode }) {
    const { kernel, statistics } = kernelOf({ ...options, weights, mode });
    const product: Tensor = tf.matMul(x, kernel); // [batch, units]
    return { output: weights.bias ? shift(product, weights.bias) : product, statistics };
  },
  portable: ({ options, weights }) => ({
    operation: 'dense',
    weights: finishedKernel({ ...options, weights }),
  }),
});
