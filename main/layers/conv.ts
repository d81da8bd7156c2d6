/** Convolution with "same" padding: with stride 2 it halves the picture. */
import { tf, type Tensor4D } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

type Options = { filters: number; kernel: number; stride: number; bias: boolean };

/** [height, width, channels] -> [height / stride, width / stride, filters] */
export const conv = defineLayer<Options>({
  kind: 'conv',
  outputShape(inputs, { filters, stride }) {
    const [height, width] = only(inputs);
    return [Math.ceil(height! / stride), Math.ceil(width! / stride), filters];
  },
  weights: (inputs, { filters, kernel, bias }) => [
    { name: 'kernel', shape: [kernel, kernel, only(inputs)[2]!, filters], initial: { mean: 0, deviation: 0.02 }, movedBy: 'gradient' },
    ...(bias ? [{ name: 'bias', shape: [filters], initial: { value: 0 }, movedBy: 'gradient' as const }] : []),
  ],
  forward({ inputs, weights, options }) {
    const output = tf.conv2d(only(inputs) as Tensor4D, weights['kernel'] as Tensor4D, options.stride, 'same');
    return { output: weights['bias'] ? tf.add(output, weights['bias']) : output };
  },
  keras: ({ filters, kernel, stride, bias }) => ({
    className: 'Conv2D',
    config: {
      filters, kernel_size: [kernel, kernel], strides: [stride, stride], padding: 'same',
      data_format: 'channels_last', use_bias: bias, activation: 'linear',
    },
    weights: [{ ours: 'kernel', keras: 'kernel' }, ...(bias ? [{ ours: 'bias', keras: 'bias' }] : [])],
  }),
});
