/**
 * Batch normalisation (Ioffe and Szegedy 2015): y = scale * (x - mean) / sqrt(variance + epsilon) + offset.
 *
 * In training, mean and variance are those of the batch, and the running ones move by MOMENTUM towards them.
 */
import { attribute, defineKernel, tf, type Tensor, type Tensor4D, type TensorInfo } from '../tensor.ts';
import { defineLayer, only } from './layer.ts';

const EPSILON = 1e-5;
const MOMENTUM = 0.1;

const settings = () => [
  attribute.floatType('T'),
  attribute.floatType('U'),
  attribute.float('epsilon', EPSILON),
  attribute.text('data_format', 'NHWC'),
  attribute.boolean('is_training', true),
];

const fusedGradient = defineKernel({
  name: 'StudioBatchNormGradient',
  run: ({ dy, x, scale, saved1, saved2, saved3 }, _, operate) =>
    operate('FusedBatchNormGradV3', settings(), [dy, x, scale, saved1, saved2, saved3] as TensorInfo[], 5),
});

/** Outputs: y, running mean, running variance, and three that TensorFlow saves for the gradient. */
const fusedBatchNorm = defineKernel({
  name: 'StudioBatchNorm',
  run: ({ x, scale, offset, mean, variance }, _, operate) =>
    operate(
      'FusedBatchNormV3',
      [...settings(), attribute.float('exponential_avg_factor', MOMENTUM)],
      [x, scale, offset, mean, variance] as TensorInfo[],
      6,
    ),
  gradient: {
    inputs: ['x', 'scale'],
    outputs: [false, false, false, true, true, true],
    run([dy], [x, scale, saved1, saved2, saved3]) {
      const [dx, dScale, dOffset] = fusedGradient({
        dy: dy!,
        x: x!,
        scale: scale!,
        saved1: saved1!,
        saved2: saved2!,
        saved3: saved3!,
      });
      return {
        x: () => dx!,
        scale: () => dScale!,
        offset: () => dOffset!,
        mean: () => tf.zerosLike(dOffset!),
        variance: () => tf.zerosLike(dOffset!),
      };
    },
  },
});

function normalise(x: Tensor4D, weights: Record<string, Tensor>) {
  const [output, mean, variance] = fusedBatchNorm({
    x,
    scale: weights['scale']!,
    offset: weights['offset']!,
    mean: weights['mean']!,
    variance: weights['variance']!,
  });
  return { output: output!, statistics: { mean: mean!, variance: variance! } };
}

/** [height, width, channels] or [units] -> the same */
export const batchNorm = defineLayer<Record<string, never>>({
  kind: 'batch-norm',
  about: {
    text: 'Gives each channel mean 0 and deviation 1 over the batch, then a scale and an offset that are learned. Images of a batch depend on each other through it.',
    formula: 'y = γ · (x − μ) / √(σ² + ε) + β',
  },
  outputShape: (inputs) => only(inputs),
  weights(inputs) {
    const shape = [only(inputs).at(-1)!];
    return [
      { name: 'scale', shape, initial: { mean: 1, deviation: 0.02 }, movedBy: 'gradient' },
      { name: 'offset', shape, initial: { value: 0 }, movedBy: 'gradient' },
      { name: 'mean', shape, initial: { value: 0 }, movedBy: 'statistics' },
      { name: 'variance', shape, initial: { value: 1 }, movedBy: 'statistics' },
    ];
  },
  forward({ inputs, weights, mode }) {
    const input = only(inputs);
    const picture = (
      input.rank === 4 ? input : tf.reshape(input, [input.shape[0]!, 1, 1, input.shape[1]!])
    ) as Tensor4D;
    if (mode === 'training') {
      const { output, statistics } = normalise(picture, weights);
      return { output: tf.reshape(output, input.shape), statistics };
    }
    const output = tf.batchNorm(
      picture,
      weights['mean'] as never,
      weights['variance'] as never,
      weights['offset'] as never,
      weights['scale'] as never,
      EPSILON,
    );
    return { output: tf.reshape(output, input.shape) };
  },
  keras: () => ({
    className: 'BatchNormalization',
    config: { axis: -1, epsilon: EPSILON, momentum: 1 - MOMENTUM, center: true, scale: true },
    weights: [
      { ours: 'scale', keras: 'gamma' },
      { ours: 'offset', keras: 'beta' },
      { ours: 'mean', keras: 'moving_mean' },
      { ours: 'variance', keras: 'moving_variance' },
    ],
  }),
});
