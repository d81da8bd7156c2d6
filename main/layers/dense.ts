/** Fully connected: output = input * kernel + bias. */
import { tf, type Tensor } from '../tensor.ts';
import { shift } from './broadcast.ts';
import { defineLayer, only } from './layer.ts';
import { exportedKernel, kernelOf, spectralWeights } from './spectral-norm.ts';

export type DenseOptions = { units: number; bias: boolean; spectralNorm?: boolean };

/** [n] -> [units] */
export const dense = defineLayer<DenseOptions>({
  kind: 'dense',
  outputShape: (_, { units }) => [units],
  weights: (inputs, { units, bias, spectralNorm }) => [
    { name: 'kernel', shape: [only(inputs)[0]!, units], initial: { mean: 0, deviation: 0.02 }, movedBy: 'gradient' },
    ...(bias ? [{ name: 'bias', shape: [units], initial: { value: 0 }, movedBy: 'gradient' as const }] : []),
    ...(spectralNorm ? spectralWeights(units) : []),
  ],
  forward({ inputs, weights, mode }) {
    const { kernel, statistics } = kernelOf({ weights, mode });
    const product: Tensor = tf.matMul(only(inputs), kernel); // [batch, units]
    return { output: weights['bias'] ? shift(product, weights['bias']) : product, statistics };
  },
  keras: ({ units, bias }) => ({
    className: 'Dense',
    config: { units, use_bias: bias, activation: 'linear' },
    weights: [exportedKernel(), ...(bias ? [{ ours: 'bias', keras: 'bias' }] : [])],
  }),
});
