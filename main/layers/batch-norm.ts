/**
 * Batch normalisation (Ioffe and Szegedy 2015): y = scale * (x - mean) / sqrt(variance + epsilon) + offset.
 *
 * In training, mean and variance are those of the batch, and the running ones move towards them by MOMENTUM.
 * In inference, the running ones are used.
 */
import { defineKernel } from '../kernel.ts';
import { attribute, operateMany, tf, type Tensor, type Tensor1D, type Tensor4D } from '../tensor.ts';
import { defineLayer } from './layer.ts';
import { drawnAffineWeights, type Affine } from './moments.ts';

const EPSILON = 1e-5;
const MOMENTUM = 0.1;

const settings = () => [
  attribute.floatType('T'),
  attribute.floatType('U'),
  attribute.float('epsilon', EPSILON),
  attribute.text('data_format', 'NHWC'),
  attribute.boolean('is_training', true),
];

type Five = [Tensor, Tensor, Tensor, Tensor, Tensor];

const fusedGradient = defineKernel({
  name: 'StudioBatchNormGradient',
  inputs: ['dy', 'x', 'scale', 'saved1', 'saved2', 'saved3'],
  outputs: ['dx', 'dScale', 'dOffset', 'empty1', 'empty2'],
  run({ dy, x, scale, saved1, saved2, saved3 }) {
    const inputs = [dy, x, scale, saved1, saved2, saved3];
    const outputs = operateMany<Five>('FusedBatchNormGradV3', { attributes: settings(), inputs, count: 5 });
    const [dx, dScale, dOffset, empty1, empty2] = outputs;
    return { dx, dScale, dOffset, empty1, empty2 };
  },
});

/** Outputs: y, running mean, running variance, and three that TensorFlow saves for the gradient. */
const fusedBatchNorm = defineKernel({
  name: 'StudioBatchNorm',
  inputs: ['x', 'scale', 'offset', 'mean', 'variance'],
  outputs: ['y', 'newMean', 'newVariance', 'saved1', 'saved2', 'saved3'],
  run({ x, scale, offset, mean, variance }) {
    const attributes = [...settings(), attribute.float('exponential_avg_factor', MOMENTUM)];
    const inputs = [x, scale, offset, mean, variance];
    const outputs = operateMany<[...Five, Tensor]>('FusedBatchNormV3', { attributes, inputs, count: 6 });
    const [y, newMean, newVariance, saved1, saved2, saved3] = outputs;
    return { y, newMean, newVariance, saved1, saved2, saved3 };
  },
  gradient: {
    keeps: ['x', 'scale', 'saved1', 'saved2', 'saved3'],
    run({ y: dy }, kept) {
      const { dx, dScale, dOffset } = fusedGradient({ dy, ...kept }, {});
      return {
        x: () => dx,
        scale: () => dScale,
        offset: () => dOffset,
        mean: () => tf.zerosLike(dOffset),
        variance: () => tf.zerosLike(dOffset),
      };
    },
  },
});

type Weights = Affine & { mean: Tensor1D; variance: Tensor1D };

/** [height, width, channels] or [units] -> the same */
export const batchNorm = defineLayer<{ takes: ['any']; weights: Weights }>({
  kind: 'batch-norm',
  about: {
    text: 'Gives each channel mean 0 and standard deviation 1 over the batch, then a scale and an offset that are learned. The pictures of a batch depend on each other through it.',
    formula: 'y = γ · (x − μ) / √(σ² + ε) + β',
  },
  takes: ['any'],
  mixesBatch: {
    name: 'batch normalisation',
    effect: 'D compares each point with the mean of its batch',
    remedy: 'Choose another normalisation of D, such as layer normalisation or none.',
  },
  outputShape: ([shape]) => shape,
  weights([input]) {
    const shape = input.slice(-1);
    return [
      ...drawnAffineWeights(input),
      { name: 'mean', shape, initial: { value: 0 }, movedBy: 'statistics' },
      { name: 'variance', shape, initial: { value: 1 }, movedBy: 'statistics' },
    ];
  },
  forward({ inputs: [x], weights: { scale, offset, mean, variance }, mode }) {
    const picture = (x.rank === 4 ? x : tf.reshape(x, [x.shape[0], 1, 1, x.shape[1]])) as Tensor4D;
    if (mode === 'training') {
      const outputs = fusedBatchNorm({ x: picture, scale, offset, mean, variance }, {});
      const { y, newMean, newVariance } = outputs;
      return { output: tf.reshape(y, x.shape), statistics: { mean: newMean, variance: newVariance } };
    }
    const output = tf.batchNorm(picture, mean, variance, offset, scale, EPSILON);
    return { output: tf.reshape(output, x.shape) };
  },
  portable: ({ weights }) => ({
    operation: 'batch-norm',
    weights,
    epsilon: EPSILON,
    momentum: 1 - MOMENTUM,
  }),
});
