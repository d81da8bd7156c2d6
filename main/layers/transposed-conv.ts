/** Transposed convolution with "same" padding: the gradient of a convolution, so with stride 2 it doubles the picture. */
import { tf, type Tensor4D } from '../tensor.ts';
import { shift } from './broadcast.ts';
import { defineLayer, only } from './layer.ts';
import { exportedKernel, kernelOf, spectralWeights, type SpectralNorm } from './spectral-norm.ts';

export type TransposedConvOptions = {
  filters: number;
  kernel: number;
  stride: number;
  bias: boolean;
} & SpectralNorm;

/** [height, width, channels] -> [height * stride, width * stride, filters] */
export const transposedConv = defineLayer<TransposedConvOptions>({
  kind: 'transposed-conv',
  about: {
    text: 'A convolution run backwards: every input pixel paints a small kernel onto a larger picture. Going back it is an ordinary convolution.',
    formula: 'y = wᵀ ∗ x + b;  ∂L/∂x = w ∗ ∂L/∂y',
  },
  outputShape(inputs, { filters, stride }) {
    const [height, width] = only(inputs);
    return [height! * stride, width! * stride, filters];
  },
  weights: (inputs, { filters, kernel, bias, spectralNorm }) => [
    {
      name: 'kernel',
      shape: [kernel, kernel, filters, only(inputs)[2]!],
      initial: { mean: 0, deviation: 0.02 },
      movedBy: 'gradient',
    },
    ...(bias
      ? [{ name: 'bias', shape: [filters], initial: { value: 0 }, movedBy: 'gradient' as const }]
      : []),
    ...(spectralNorm ? spectralWeights(filters) : []),
  ],
  forward({ inputs, weights, options: { filters, stride, ...options }, mode }) {
    const { kernel, statistics } = kernelOf({ ...options, weights, mode, outputs: 'last but one' });
    const input = only(inputs) as Tensor4D;
    const [batch, height, width] = input.shape;
    const shape: [number, number, number, number] = [batch, height * stride, width * stride, filters];
    const output = tf.conv2dTranspose(input, kernel as Tensor4D, shape, stride, 'same');
    return { output: weights['bias'] ? shift(output, weights['bias']) : output, statistics };
  },
  keras: ({ filters, kernel, stride, bias, ...options }) => ({
    className: 'Conv2DTranspose',
    config: {
      filters,
      kernel_size: [kernel, kernel],
      strides: [stride, stride],
      padding: 'same',
      data_format: 'channels_last',
      use_bias: bias,
      activation: 'linear',
    },
    weights: [exportedKernel(options, 'last but one'), ...(bias ? [{ ours: 'bias', keras: 'bias' }] : [])],
  }),
});
