/** Numbers of several images or rows of features, one after the other in a flat array. */

/** Images as numbers in [-1, 1], [count, size, size, channels] flattened. */
export type Images = { numbers: Float32Array; size: number; channels: number };

/** Rows of equal length, such as the features of images: [count, width] flattened. */
export type Rows = { numbers: Float32Array; width: number };

/** How many images there are. */
export function imagesIn({ numbers, size, channels }: Images): number {
  return numbers.length / (size * size * channels);
}

/** How many rows there are. */
export function rowsIn({ numbers, width }: Rows): number {
  return numbers.length / width;
}

/** The rows, [length] each, as views without a copy. */
export function rows(numbers: Float32Array, length: number): Float32Array[] {
  return Array.from({ length: numbers.length / length }, (_, index) =>
    numbers.subarray(index * length, (index + 1) * length),
  );
}

/** Sum of (a - b)^2 over the numbers of two rows of the same length. */
export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let index = 0; index < a.length; index++) squares += (a[index]! - b[index]!) ** 2;
  return squares;
}
