/**
 * Mean and deviation of groups of channels, image by image, for the norms that treat every image by itself.
 */
import { defineKernel, type KernelCall } from '../kernel.ts';
import { attribute, operate, tf, type Shape, type Tensor, type Tensor1D, type Tensor3D } from '../tensor.ts';
import { meanOver, scale, shift, spread, sumOver } from './broadcast.ts';
import type { Batched, WeightSpec } from './layer.ts';

const EPSILON = 1e-5;

type Groups = { groups: number };

/**
 * Outputs: mean and 1 / sqrt(variance + epsilon), [batch, 1, channels].
 *
 * With N numbers to a group: d mean / dx = 1 / N, and d (1 / deviation) / dx = -(x - mean) / deviation^3 / N.
 */
const momentsKernel: KernelCall<'x', 'mean' | 'inverse', Groups> = defineKernel({
  name: 'StudioMoments',
  inputs: ['x'],
  outputs: ['mean', 'inverse'],
  run({ x }, { groups }: Groups) {
    const average = (values: Tensor) => acrossGroups(tf.mean(values, 1, true), groups, meanOver);
    const mean = average(x as Tensor);
    const squares = operate('SquaredDifference', [attribute.floatType('T')], [x, mean]);
    return { mean, inverse: tf.rsqrt(tf.add(average(squares), EPSILON)) };
  },
  gradient: {
    keeps: ['x'],
    run: ({ mean: dMean, inverse: dInverse }, { x }, { groups }) => ({
      x() {
        const { mean, inverse } = momentsKernel({ x }, { groups });
        const [, positions, channels] = x.shape as Tensor3D['shape'];
        const size = (positions * channels) / groups;
        const factor = tf.mul(
          acrossGroups(tf.mul(dInverse, tf.mul(inverse, tf.square(inverse))), groups, sumOver),
          -1 / size,
        );
        const level = tf.mul(acrossGroups(dMean, groups, sumOver), 1 / size);
        return shift(scale(x, factor), tf.sub(level, tf.mul(factor, mean)));
      },
    }),
  },
});

/**
 * Sums or averages over the channels of each group, and repeats the result for each channel; [batch, 1,
 * channels].
 */
function acrossGroups(x: Tensor, groups: number, reduce: typeof sumOver): Tensor {
  const [batch, , channels] = x.shape as Tensor3D['shape'];
  if (groups === channels) return x;
  const shape = [batch, groups, channels / groups];
  return tf.reshape(spread(reduce(tf.reshape(x, shape), [2]), shape), [batch, 1, channels]);
}

/** A factor and an offset for every channel, [channels]. */
export type Affine = { scale: Tensor1D; offset: Tensor1D };

/** [batch, ..., channels] as [batch, positions, channels] */
export function positionsOf(x: Batched, { scale: factor }: Affine): Tensor3D {
  const [channels] = factor.shape;
  return tf.reshape(x, [x.shape[0], -1, channels]);
}

/**
 * (x - mean) / sqrt(variance + epsilon) * scale + offset, with the moments of each image's `groups` groups of
 * channels; x [batch, ..., channels].
 */
export function standardise(x: Batched, affine: Affine, groups: number): Tensor {
  const flat = positionsOf(x, affine);
  const { mean, inverse } = momentsKernel({ x: flat }, { groups });
  const factor = scale(inverse, affine.scale);
  return tf.reshape(shift(scale(flat, factor), shift(tf.neg(tf.mul(mean, factor)), affine.offset)), x.shape);
}

/** The weights of a norm of [..., channels] with a factor and an offset for every channel. */
export function affineWeights(shape: Shape): WeightSpec<keyof Affine>[] {
  const channels = shape.slice(-1);
  return [
    { name: 'scale', shape: channels, initial: { value: 1 }, movedBy: 'gradient' },
    { name: 'offset', shape: channels, initial: { value: 0 }, movedBy: 'gradient' },
  ];
}

/** The same for norms over a batch, with factors drawn from N(1, 0.02²), as in DCGAN. */
export function drawnAffineWeights(shape: Shape): WeightSpec<keyof Affine>[] {
  const channels = shape.slice(-1);
  return [
    { name: 'scale', shape: channels, initial: { mean: 1, deviation: 0.02 }, movedBy: 'gradient' },
    { name: 'offset', shape: channels, initial: { value: 0 }, movedBy: 'gradient' },
  ];
}

export { EPSILON as MOMENTS_EPSILON };
