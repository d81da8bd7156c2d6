/** Fully connected: output = input * kernel + bias. */
import { tf, type Tensor } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

type Options = { units: number; bias: boolean };

/** [n] -> [units] */
export const dense = defineLayer<Options>({
  kind: 'dense',
  outputShape: (_, { units }) => [units],
  weights: (inputs, { units, bias }) => [
    { name: 'kernel', shape: [only(inputs)[0]!, units], initial: { mean: 0, deviation: 0.02 }, movedBy: 'gradient' },
    ...(bias ? [{ name: 'bias', shape: [units], initial: { value: 0 }, movedBy: 'gradient' as const }] : []),
  ],
  forward({ inputs, weights }) {
    const product: Tensor = tf.matMul(only(inputs), weights['kernel']!); // [batch, units]
    return { output: weights['bias'] ? tf.add(product, weights['bias']) : product };
  },
  keras: ({ units, bias }) => ({
    className: 'Dense',
    config: { units, use_bias: bias, activation: 'linear' },
    weights: [{ ours: 'kernel', keras: 'kernel' }, ...(bias ? [{ ours: 'bias', keras: 'bias' }] : [])],
  }),
});
