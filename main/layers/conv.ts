/** Convolution, by default with "same" padding, so that stride 2 halves the picture. */
import { tf, type Tensor4D } from '../tensor.ts';
import { shift } from './broadcast.ts';
import { defineLayer } from './layer.ts';
import { finishedKernel, kernelOf, kernelWeights } from './spectral-norm.ts';
import type { SpectralNorm, WithKernel } from './spectral-norm.ts';

export type ConvOptions = {
  filters: number;
  kernel: number;
  stride: number;
  bias: boolean;
  padding?: 'same' | 'valid';
  /**
   * The number of equal parts of the filters that start alike: factor^2 before a pixel shuffle makes the
   * pixels of a block start equal. ICNR, Aitken et al. 2017 (arXiv 1707.02937), section 3.
   */
  copies?: number;
} & SpectralNorm;

/**
 * [height, width, channels] -> [height / stride, width / stride, filters], rounded up; with "valid" padding,
 * sizes shrink by kernel - 1 before the division.
 */
export const conv = defineLayer<{ takes: ['picture']; weights: WithKernel<Tensor4D>; options: ConvOptions }>({
  kind: 'conv',
  about: {
    text: 'Slides small kernels over the picture: every output pixel is a weighted sum of the pixels around it. In the backward pass, a pixel gathers from all outputs that saw it.',
    formula: 'y = w ∗ x + b;  ∂L/∂x = wᵀ ∗ ∂L/∂y',
  },
  takes: ['picture'],
  mixesBatch: false,
  outputShape([[height, width]], { filters, kernel, stride, padding = 'same' }) {
    const after = (size: number) => Math.ceil((padding === 'same' ? size : size - kernel + 1) / stride);
    return [after(height), after(width), filters];
  },
  weights: ([[, , channels]], { filters, kernel, copies, ...options }) =>
    kernelWeights({
      ...options,
      shape: [kernel, kernel, channels, filters],
      outputs: filters,
      ...(copies && {
        start: { kernel: { mean: 0, deviation: 0.02, copies }, bias: { value: 0 } },
      }),
    }),
  forward({ inputs: [x], weights, options: { stride, padding = 'same', ...options }, mode }) {
    const { kernel, statistics } = kernelOf({ ...options, weights, mode });
    const output = tf.conv2d(x, kernel, stride, padding);
    return { output: weights.bias ? shift(output, weights.bias) : output, statistics };
  },
  portable: ({ options: { stride, padding = 'same', ...options }, weights }) => ({
    operation: 'conv',
    weights: finishedKernel({ ...options, weights }),
    stride,
    padding,
  }),
});
