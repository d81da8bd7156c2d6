/**
 * Transposed convolution with "same" padding: the gradient of a convolution by its input, so that stride 2
 * doubles the picture.
 */
import { tf, type Tensor4D } from '../tensor.ts';
import { shift } from './broadcast.ts';
import { defineLayer } from './layer.ts';
import { finishedKernel, kernelOf, kernelWeights } from './spectral-norm.ts';
import type { SpectralNorm, WithKernel } from './spectral-norm.ts';

export type TransposedConvOptions = {
  filters: number;
  kernel: number;
  stride: number;
  bias: boolean;
} & SpectralNorm;

/** [height, width, channels] -> [height * stride, width * stride, filters] */
export const transposedConv = defineLayer<{
  takes: ['picture'];
  weights: WithKernel<Tensor4D>;
  options: TransposedConvOptions;
}>({
  kind: 'transposed-conv',
  about: {
    text: 'A convolution run backwards: every input pixel paints a small kernel onto a larger picture. In the backward pass it is an ordinary convolution.',
    formula: 'y = wᵀ ∗ x + b;  ∂L/∂x = w ∗ ∂L/∂y',
  },
  takes: ['picture'],
  mixesBatch: false,
  outputShape: ([[height, width]], { filters, stride }) => [height * stride, width * stride, filters],
  weights: ([[, , channels]], { filters, kernel, ...options }) =>
    kernelWeights({ ...options, shape: [kernel, kernel, filters, channels], outputs: filters }),
  forward({ inputs: [x], weights, options: { filters, stride, ...options }, mode }) {
    const { kernel, statistics } = kernelOf({ ...options, weights, mode, outputs: 'last but one' });
    const [batch, height, width] = x.shape;
    const shape: [number, number, number, number] = [batch, height * stride, width * stride, filters];
    const output = tf.conv2dTranspose(x, kernel, shape, stride, 'same');
    return { output: weights.bias ? shift(output, weights.bias) : output, statistics };
  },
  portable: ({ options: { stride, ...options }, weights }) => ({
    operation: 'transposed-conv',
    weights: finishedKernel({ ...options, weights, outputs: 'last but one' }),
    stride,
  }),
});
