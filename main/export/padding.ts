/** Computes "same" padding as TensorFlow does: if the total is odd, the extra pixel goes to the end. */

/** Pixels at the beginning and at the end of one axis of a picture. */
export type Padding = { begin: number; end: number };

/** Zeros that a convolution with "same" padding adds; its output has size / stride pixels, rounded up. */
export function samePadding(size: number, kernel: number, stride: number): Padding {
  return halves(Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0));
}

/**
 * Pixels that a transposed convolution with "same" padding cuts off its full output, to leave stride times as
 * many as its input has. `missing`: zeros that it adds at the end instead, if the kernel is smaller than the
 * stride.
 */
export function transposedPadding(kernel: number, stride: number): Padding & { missing: number } {
  return { ...halves(Math.max(kernel - stride, 0)), missing: Math.max(stride - kernel, 0) };
}

function halves(total: number): Padding {
  const begin = Math.floor(total / 2);
  return { begin, end: total - begin };
}
