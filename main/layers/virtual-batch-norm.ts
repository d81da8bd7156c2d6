/**
 * Virtual batch normalisation (Salimans et al. 2016): y = scale * (x - mean) / sqrt(variance + epsilon) +
 * offset, with the moments of the example together with a fixed reference batch.
 */
import { splitInTwo, tf, type Tensor } from '../tensor.ts';
import { meanOver, scale, shift } from './broadcast.ts';
import { defineLayer } from './layer.ts';
import { drawnAffineWeights, positionsOf, type Affine } from './moments.ts';
import type { ReferenceOptions } from './reference-batch.ts';

const EPSILON = 1e-5;

type Moments = { mean: Tensor; variance: Tensor };

/** Mean and variance over these axes of x, [batch, positions, channels], which stay with size 1. */
function momentsOver(x: Tensor, axes: number[]): Moments {
  const mean = meanOver(x, axes);
  return { mean, variance: meanOver(tf.square(shift(x, tf.neg(mean))), axes) };
}

/**
 * The moments of a mixture in which `one` has the weight `share`. They are not computed as mean x^2 - (mean
 * x)^2, which rounds badly where means are large.
 */
function joined(one: Moments, others: Moments, share: number): Moments {
  const weighed = (a: Tensor, b: Tensor) => tf.add(tf.mul(a, share), tf.mul(b, 1 - share));
  const apart = tf.square(tf.sub(one.mean, others.mean));
  return {
    mean: weighed(one.mean, others.mean),
    variance: tf.add(weighed(one.variance, others.variance), tf.mul(apart, share * (1 - share))),
  };
}

/** (x - mean) / sqrt(variance + epsilon) * scale + offset */
function normalised(x: Tensor, { mean, variance }: Moments, affine: Affine): Tensor {
  const factor = scale(tf.rsqrt(tf.add(variance, EPSILON)), affine.scale); // [batch or 1, 1, channels]
  return shift(scale(x, factor), shift(tf.neg(tf.mul(mean, factor)), affine.offset));
}

/**
 * [height, width, channels] or [units] -> the same. The first `rows` examples are the reference batch, which
 * is normalised with its own moments. Every other example is normalised with a mixture of the reference's
 * moments and its own, which weigh 1 / (rows + 1).
 */
export const virtualBatchNorm = defineLayer<{ takes: ['any']; weights: Affine; options: ReferenceOptions }>({
  kind: 'virtual-batch-norm',
  about: {
    text: 'Gives each channel mean 0 and standard deviation 1 by a fixed reference batch and the picture itself: no picture depends on its neighbours.',
    formula: 'y = γ · (x − μ) / √(σ² + ε) + β,  μ, σ of the reference and x',
  },
  takes: ['any'],
  mixesBatch: false,
  outputShape: ([shape]) => shape,
  weights: ([shape]) => drawnAffineWeights(shape),
  forward({ inputs: [x], weights, options: { rows } }) {
    const [reference, examples] = splitInTwo(positionsOf(x, weights), 0, [rows, x.shape[0] - rows]);
    const fixed = momentsOver(reference, [0, 1]);
    const own = joined(momentsOver(examples, [1]), fixed, 1 / (rows + 1));
    return {
      output: tf.reshape(
        tf.concat([normalised(reference, fixed, weights), normalised(examples, own, weights)], 0),
        x.shape,
      ),
    };
  },
  portable({ weights, options: { rows }, seen: [x] }) {
    const [reference] = splitInTwo(positionsOf(x, weights), 0, [rows, x.shape[0] - rows]);
    const { mean, variance } = momentsOver(reference, [0, 1]);
    const perChannel = (moment: Tensor) => tf.reshape(moment, [-1]);
    return {
      operation: 'reference-norm',
      weights: { ...weights, mean: perChannel(mean), variance: perChannel(variance) },
      share: 1 / (rows + 1),
      epsilon: EPSILON,
    };
  },
});
