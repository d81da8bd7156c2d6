/** Mean and deviation of groups of channels, image by image, for the norms that do not look across the batch. */
import { attribute, defineKernel, tf, type KernelCall, type Tensor, type Tensor3D } from '../tensor.ts';
import { meanOver, scale, shift, spread, sumOver } from './broadcast.ts';

const EPSILON = 1e-5;

type Groups = { groups: number };

/**
 * Outputs: mean and 1 / sqrt(variance + epsilon), [batch, 1, channels].
 *
 * With N numbers to a group: d mean / dx = 1 / N, and d (1 / deviation) / dx = -(x - mean) / deviation^3 / N.
 */
const momentsKernel: KernelCall<Groups> = defineKernel({
  name: 'StudioMoments',
  run({ x }, { groups }, operate) {
    const average = (values: Tensor) => acrossGroups(tf.mean(values, 1, true), groups, meanOver);
    const mean = average(x as Tensor);
    const [squares] = operate('SquaredDifference', [attribute.floatType('T')], [x!, mean], 1);
    return [mean, tf.rsqrt(tf.add(average(squares!), EPSILON))];
  },
  gradient: {
    inputs: ['x'],
    outputs: [],
    run: ([dMean, dInverse], [x], { groups }) => ({
      x() {
        const [mean, inverse] = momentsKernel({ x: x! }, { groups });
        const [, positions, channels] = x!.shape as Tensor3D['shape'];
        const size = (positions * channels) / groups;
        const slope = tf.mul(
          acrossGroups(tf.mul(dInverse!, tf.mul(inverse!, tf.square(inverse!))), groups, sumOver),
          -1 / size,
        );
        const level = tf.mul(acrossGroups(dMean!, groups, sumOver), 1 / size);
        return shift(scale(x!, slope), tf.sub(level, tf.mul(slope, mean!)));
      },
    }),
  },
});

/** Sums or averages over the channels of each group, and repeats the result for each of them; [batch, 1, channels]. */
function acrossGroups(x: Tensor, groups: number, reduce: typeof sumOver): Tensor {
  const [batch, , channels] = x.shape as Tensor3D['shape'];
  if (groups === channels) return x;
  const shape = [batch, groups, channels / groups];
  return tf.reshape(spread(reduce(tf.reshape(x, shape), [2]), shape), [batch, 1, channels]);
}

/**
 * (x - mean) / sqrt(variance + epsilon) * factor + offset, with the moments of each image's `groups` groups of channels.
 * x [batch, ..., channels]; factor and offset [channels].
 */
export function standardise({
  x,
  factor,
  offset,
  groups,
}: {
  x: Tensor;
  factor: Tensor;
  offset: Tensor;
  groups: number;
}): Tensor {
  const flat = tf.reshape(x, [x.shape[0]!, -1, x.shape.at(-1)!]); // [batch, positions, channels]
  const [mean, inverse] = momentsKernel({ x: flat }, { groups });
  const slope = scale(inverse!, factor);
  return tf.reshape(shift(scale(flat, slope), shift(tf.neg(tf.mul(mean!, slope)), offset)), x.shape);
}

/** The weights of a norm with a factor and an offset for every channel. */
export function affineWeights(channels: number) {
  return [
    { name: 'scale', shape: [channels], initial: { value: 1 }, movedBy: 'gradient' as const },
    { name: 'offset', shape: [channels], initial: { value: 0 }, movedBy: 'gradient' as const },
  ];
}

export { EPSILON as MOMENTS_EPSILON };
