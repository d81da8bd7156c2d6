/** Computes each operation of a finished network (main/layers/portable.ts) with TensorFlow.js. */
import * as tf from '@tensorflow/tfjs-core';
import type { Operation, OperationName } from '../../../layers/index.ts';
import type { Shape } from '../../../tensor.ts';

/** [rows, ...] of each input -> [rows, ...] */
export type Step = (...inputs: [tf.Tensor, ...tf.Tensor[]]) => tf.Tensor;

export type Node<Name extends OperationName = OperationName> = Operation<tf.Tensor, Name> & { shape: Shape };

type Table = { [Name in OperationName]: (node: Node<Name>) => Step };

/** A copy of a tensor that survives the end of the preparation. */
const kept = <Kind extends tf.Tensor>(tensor: Kind): Kind => tf.keep(tf.clone(tensor));

const pass: () => Step = () => (x) => x;

const TABLE: Table = {
  'dense': ({ weights: { kernel, bias } }) => {
    const given = { b: kept(kernel as tf.Tensor2D), ...(bias && { bias: kept(bias) }) };
    return (a) => tf.fused.matMul({ a: a as tf.Tensor2D, ...given });
  },
  'conv': ({ weights: { kernel, bias }, stride, padding }) =>
    convolution(kernel, { bias, stride, pad: padding }),
  'transposed-conv': transposedConv,
  'batch-norm': ({ weights: { scale, offset, mean, variance }, epsilon }) => {
    const factor = kept(tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon))));
    const shift = kept(tf.sub(offset, tf.mul(mean, factor)));
    return (x) => tf.add(tf.mul(x, factor), shift);
  },
  'group-norm': groupNorm,
  'reference-norm': referenceNorm,
  'activation': ({ function: name, slope }) => activations(slope)[name],
  'upsample': ({ factor }) => {
    const copies = factor ** 2;
    return (x) =>
      tf.depthToSpace(tf.concat(new Array<tf.Tensor4D>(copies).fill(x as tf.Tensor4D), 3), factor);
  },
  'average-pool':
    ({ factor }) =>
    (x) =>
      tf.avgPool(x as tf.Tensor4D, factor, factor, 'valid'),
  'global-average-pool': () => (x) => tf.mean(x, [1, 2]),
  'pixel-shuffle':
    ({ factor }) =>
    (x) =>
      tf.depthToSpace(x as tf.Tensor4D, factor),
  'reshape':
    ({ shape }) =>
    (x) =>
      tf.reshape(x, [-1, ...shape]),
  'add':
    () =>
    (...inputs) =>
      inputs.reduce((sum, one) => tf.add(sum, one)),
  'multiply':
    () =>
    (x, ...[factor]) => {
      if (!factor) throw new Error('A product takes two inputs.');
      const [rows = 1, ...rest] = factor.shape;
      const missing = new Array<number>(x.rank - factor.rank).fill(1);
      return tf.mul(x, tf.reshape(factor, [rows, ...missing, ...rest]));
    },
  'concat':
    () =>
    (...inputs) =>
      tf.concat(inputs, -1),
  'mean-squared-difference':
    () =>
    (one, ...[other]) => {
      if (!other) throw new Error('A difference takes two inputs.');
      const [rows = 1] = one.shape;
      return tf.mean(tf.reshape(tf.squaredDifference(one, other), [rows, -1]), 1, true);
    },
  'dropout': pass,
  'noise': pass,
  'nothing': pass,
};

/**
 * The function that computes this operation; tensors that depend on its weights alone are made once, here.
 */
export const stepOf = (node: Node): Step => (TABLE[node.operation] as (node: Node) => Step)(node);

function convolution(
  kernel: tf.Tensor,
  { bias, stride, pad }: { bias: tf.Tensor | undefined; stride: number; pad: 'same' | 'valid' | number },
): Step {
  const given = {
    filter: kept(kernel as tf.Tensor4D),
    strides: stride,
    pad,
    ...(bias && { bias: kept(bias) }),
  };
  return (x) => tf.fused.conv2d({ x: x as tf.Tensor4D, ...given });
}

/**
 * A transposed convolution as a convolution and a pixel shuffle: the channels of the convolution are the
 * stride x stride pixels that each pixel becomes. The kernel is cut into pieces of stride x stride. Piece t
 * of a pixel reaches t pixels further, so a window of ceil(kernel / stride) pixels covers all that adds up.
 * This is much faster than the backend's own transposed convolution.
 */
function transposedConv({ weights: { kernel, bias }, stride, shape }: Node<'transposed-conv'>): Step {
  const [side = 1, , filters = 1, channels = 1] = kernel.shape;
  const window = Math.ceil(side / stride);
  const missing = window * stride - side;
  const padded = tf.pad(kernel as tf.Tensor4D, [[0, missing], [0, missing], [0, 0], [0, 0]]); // prettier-ignore
  const pieces = tf.transpose(
    tf.reshape(padded, [window, stride, window, stride, filters, channels]),
    [0, 2, 5, 1, 3, 4],
  );
  const turned = reversed(tf.reshape(pieces, [window * window, -1]));
  const small = tf.reshape(turned, [window, window, channels, stride * stride * filters]);
  const spread = bias && tf.concat(new Array<tf.Tensor1D>(stride * stride).fill(bias as tf.Tensor1D));
  const convolve = convolution(small, { bias: spread, stride: 1, pad: window - 1 });
  const begin = Math.floor(Math.max(side - stride, 0) / 2);
  const [height = 1, width = 1] = shape;
  return (x) => {
    const apart = convolve(x) as tf.Tensor4D;
    const all = stride === 1 ? apart : tf.depthToSpace(apart, stride);
    return tf.slice(all, [0, begin, begin, 0], [-1, height, width, -1]);
  };
}

/** The rows of a matrix from the last to the first. */
function reversed(rows: tf.Tensor): tf.Tensor {
  const [count = 1] = rows.shape;
  return tf.concat(
    Array.from({ length: count }, (_, index) => tf.slice(rows, [count - 1 - index, 0], [1, -1])),
  );
}

function groupNorm({ weights, groups, epsilon }: Node<'group-norm'>): Step {
  const [scale, offset] = [kept(weights.scale), kept(weights.offset)];
  const [channels = 1] = scale.shape;
  return (x) => {
    const [rows = 1] = x.shape;
    const apart = tf.reshape(x, [rows, -1, groups, channels / groups]);
    const mean = tf.mean(apart, [1, 3], true);
    const variance = tf.mean(tf.squaredDifference(apart, mean), [1, 3], true);
    const normal = tf.mul(tf.sub(apart, mean), tf.rsqrt(tf.add(variance, epsilon)));
    return tf.add(tf.mul(tf.reshape(normal, x.shape), scale), offset);
  };
}

function referenceNorm({ weights, share, epsilon }: Node<'reference-norm'>): Step {
  const [scale, offset] = [kept(weights.scale), kept(weights.offset)];
  const [fixedMean, fixedVariance] = [kept(weights.mean), kept(weights.variance)];
  const joined = (own: tf.Tensor, fixed: tf.Tensor) => tf.add(tf.mul(own, share), tf.mul(fixed, 1 - share));
  return (x) => {
    const [rows = 1] = x.shape;
    const positions = tf.reshape(x, [rows, -1, ...scale.shape]);
    const ownMean = tf.mean(positions, 1, true); // [rows, 1, channels]
    const ownVariance = tf.mean(tf.squaredDifference(positions, ownMean), 1, true);
    const apart = tf.mul(tf.squaredDifference(ownMean, fixedMean), share * (1 - share));
    const variance = tf.add(joined(ownVariance, fixedVariance), apart);
    const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
    const normal = tf.mul(tf.sub(positions, joined(ownMean, fixedMean)), factor);
    return tf.reshape(tf.add(normal, offset), x.shape);
  };
}

type Activation = Extract<Operation<unknown>, { operation: 'activation' }>['function'];

const activations = (slope: number): Record<Activation, (x: tf.Tensor) => tf.Tensor> => ({
  'relu': (x) => tf.relu(x),
  'leaky-relu': (x) => tf.leakyRelu(x, slope),
  'tanh': (x) => tf.tanh(x),
  'sigmoid': (x) => tf.sigmoid(x),
  'elu': (x) => tf.elu(x),
  'swish': (x) => tf.mul(x, tf.sigmoid(x)),
});
