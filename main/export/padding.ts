/** "same" padding in numbers, as TensorFlow lays it: an odd pixel goes behind. */

/** Zeros before and behind one side of a picture. */
export type Padding = { begin: number; end: number };

/** Of a convolution with "same" padding, which gives size / stride pixels, rounded up. */
export function samePadding(size: number, kernel: number, stride: number): Padding {
  return halves(Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0));
}

/**
 * What a transposed convolution with "same" padding cuts off its full size, which gives stride times as many pixels.
 * `missing`: zeros that it adds behind instead, where the kernel is smaller than the stride.
 */
export function transposedPadding(kernel: number, stride: number): Padding & { missing: number } {
  return { ...halves(Math.max(kernel - stride, 0)), missing: Math.max(stride - kernel, 0) };
}

function halves(total: number): Padding {
  const begin = Math.floor(total / 2);
  return { begin, end: total - begin };
}
