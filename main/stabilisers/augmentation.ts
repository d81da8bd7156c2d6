/**
 * Differentiable changes of images for augmentations. Pixels are moved by matrix products along rows and
 * columns, not by a gather.
 *
 * Each image has its own random numbers, [batch]. Images are square, [batch, size, size, channels], and 0 is
 * mid grey.
 */
import { meanOver, scale, shift } from '../layers/index.ts';
import { tf, type Tensor } from '../tensor.ts';

/**
 * The position from which each row and column of the result is taken, in pixels or fractions of them: [batch,
 * size].
 */
export type Sources = { rows: Tensor; columns: Tensor };

/** Positions of pixels along a side, relative to its middle: [1, size]. */
export function centred(size: number): Tensor {
  return tf.sub(pixels(size), (size - 1) / 2);
}

/** Positions of pixels along a side, 0 to size - 1: [1, size]. */
export function pixels(size: number): Tensor {
  return tf.tensor2d(
    Float32Array.from({ length: size }, (_, index) => index),
    [1, size],
  );
}

/** [batch] -> [batch, 1], to be combined with numbers along a side, [1, size]. */
export function column(numbers: Tensor): Tensor {
  return tf.reshape(numbers, [-1, 1]);
}

/**
 * Images with each pixel taken from the given source, by bilinear interpolation; outside of the image it is
 * 0.
 */
export function takenFrom(images: Tensor, { rows, columns }: Sources): Tensor {
  return transposed(alongRows(transposed(alongRows(images, rows)), columns));
}

/** Images with rows and columns exchanged. */
export function transposed(images: Tensor): Tensor {
  return tf.transpose(images, [0, 2, 1, 3]);
}

/** Row i of the result is sum_k max(0, 1 - |source_i - k|) times row k. */
function alongRows(images: Tensor, source: Tensor): Tensor {
  const [batch, size] = source.shape as [number, number];
  const distance = tf.abs(
    tf.sub(tf.reshape(source, [batch, size, 1]), tf.reshape(pixels(size), [1, 1, size])),
  );
  const shares = tf.relu(tf.sub(1, distance)); // [batch, size, size]
  return tf.reshape(tf.matMul(shares, tf.reshape(images, [batch, size, -1])), images.shape);
}

/** One number for each image, [batch] -> [batch, 1, 1, 1]. */
export function whole(numbers: Tensor): Tensor {
  return tf.reshape(numbers, [-1, 1, 1, 1]);
}

/** Brightness: adds `by`, [batch], to every pixel. */
export function brightened(images: Tensor, by: Tensor): Tensor {
  return shift(images, whole(by));
}

/** Contrast or saturation: mean + factor * (x - mean), with the means over these axes; factor is [batch]. */
export function stretched(images: Tensor, factor: Tensor, axes: number[]): Tensor {
  const rest = scale(meanOver(images, axes), whole(tf.sub(1, factor)));
  return shift(scale(images, whole(factor)), rest);
}

/** Two images mixed: (1 - share) * one + share * other; share is [batch]. */
export function mixed(one: Tensor, other: Tensor, share: Tensor): Tensor {
  return tf.add(scale(one, whole(tf.sub(1, share))), scale(other, whole(share)));
}
