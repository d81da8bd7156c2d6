/** Transposed convolution with "same" padding: the gradient of a convolution, so with stride 2 it doubles the picture. */
import { tf, type Tensor4D } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

type Options = { filters: number; kernel: number; stride: number; bias: boolean };

/** [height, width, channels] -> [height * stride, width * stride, filters] */
export const transposedConv = defineLayer<Options>({
  kind: 'transposed-conv',
  outputShape(inputs, { filters, stride }) {
    const [height, width] = only(inputs);
    return [height! * stride, width! * stride, filters];
  },
  weights: (inputs, { filters, kernel, bias }) => [
    { name: 'kernel', shape: [kernel, kernel, filters, only(inputs)[2]!], initial: { mean: 0, deviation: 0.02 }, movedBy: 'gradient' },
    ...(bias ? [{ name: 'bias', shape: [filters], initial: { value: 0 }, movedBy: 'gradient' as const }] : []),
  ],
  forward({ inputs, weights, options: { filters, stride } }) {
    const input = only(inputs) as Tensor4D;
    const [batch, height, width] = input.shape;
    const shape: [number, number, number, number] = [batch, height * stride, width * stride, filters];
    const output = tf.conv2dTranspose(input, weights['kernel'] as Tensor4D, shape, stride, 'same');
    return { output: weights['bias'] ? tf.add(output, weights['bias']) : output };
  },
  keras: ({ filters, kernel, stride, bias }) => ({
    className: 'Conv2DTranspose',
    config: {
      filters, kernel_size: [kernel, kernel], strides: [stride, stride], padding: 'same',
      data_format: 'channels_last', use_bias: bias, activation: 'linear',
    },
    weights: [{ ours: 'kernel', keras: 'kernel' }, ...(bias ? [{ ours: 'bias', keras: 'bias' }] : [])],
  }),
});
