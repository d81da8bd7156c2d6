/** Convolution. With "same" padding, unless told otherwise: with stride 2 it halves the picture. */
import { tf, type Tensor4D } from '../tensor.ts';
import { shift } from './broadcast.ts';
import { defineLayer, only } from './layer.ts';
import { exportedKernel, kernelOf, spectralWeights, type SpectralNorm } from './spectral-norm.ts';

export type ConvOptions = {
  filters: number;
  kernel: number;
  stride: number;
  bias: boolean;
  padding?: 'same' | 'valid';
} & SpectralNorm;

/** [height, width, channels] -> [height / stride, width / stride, filters]; unpadded, the last window ends within the picture. */
export const conv = defineLayer<ConvOptions>({
  kind: 'conv',
  about: {
    text: 'Slides small kernels over the picture: every output pixel is a weighted sum of the pixels around it. Going back, a pixel gathers from all outputs that saw it.',
    formula: 'y = w ∗ x + b;  ∂L/∂x = wᵀ ∗ ∂L/∂y',
  },
  outputShape(inputs, { filters, kernel, stride, padding = 'same' }) {
    const [height, width] = only(inputs).map((size) =>
      Math.ceil((padding === 'same' ? size : size - kernel + 1) / stride),
    );
    return [height!, width!, filters];
  },
  weights: (inputs, { filters, kernel, bias, spectralNorm }) => [
    {
      name: 'kernel',
      shape: [kernel, kernel, only(inputs)[2]!, filters],
      initial: { mean: 0, deviation: 0.02 },
      movedBy: 'gradient',
    },
    ...(bias
      ? [{ name: 'bias', shape: [filters], initial: { value: 0 }, movedBy: 'gradient' as const }]
      : []),
    ...(spectralNorm ? spectralWeights(filters) : []),
  ],
  forward({ inputs, weights, options: { stride, padding = 'same', ...options }, mode }) {
    const { kernel, statistics } = kernelOf({ ...options, weights, mode });
    const output = tf.conv2d(only(inputs) as Tensor4D, kernel as Tensor4D, stride, padding);
    return { output: weights['bias'] ? shift(output, weights['bias']) : output, statistics };
  },
  keras: ({ filters, kernel, stride, bias, padding = 'same', ...options }) => ({
    className: 'Conv2D',
    config: {
      filters,
      kernel_size: [kernel, kernel],
      strides: [stride, stride],
      padding,
      data_format: 'channels_last',
      use_bias: bias,
      activation: 'linear',
    },
    weights: [exportedKernel(options), ...(bias ? [{ ours: 'bias', keras: 'bias' }] : [])],
  }),
});
