/** Numbers of several things, laid out one after the other. */

/** Images as numbers in [-1, 1], [count, size, size, channels] flattened. */
export type Images = { numbers: Float32Array; size: number; channels: number };

/** As many numbers of each thing, such as its features: [count, width] flattened. */
export type Rows = { numbers: Float32Array; width: number };

/** How many images there are. */
export function imagesIn({ numbers, size, channels }: Images): number {
  return numbers.length / (size * size * channels);
}

/** How many rows there are. */
export function rowsIn({ numbers, width }: Rows): number {
  return numbers.length / width;
}

/** Those of each thing, [length] each, without a copy. */
export function rows(numbers: Float32Array, length: number): Float32Array[] {
  return Array.from({ length: numbers.length / length }, (_, index) =>
    numbers.subarray(index * length, (index + 1) * length),
  );
}

/** Sum of (a - b)^2 over their numbers; both have as many. */
export function squaredDistance(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let place = 0; place < a.length; place++) squares += (a[place]! - b[place]!) ** 2;
  return squares;
}
