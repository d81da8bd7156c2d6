/**
 * How near images are to the nearest of others, in pixels and in random features: what tells a generator that
 * copies from one that makes new images.
 */
import { featuresOf, type Images } from './random-features.ts';
import { rows, squaredDistance } from './rows.ts';

/** Of each image, its distance to the nearest one of the others. */
export type Nearest = {
  /** Root mean square over the numbers of an image, which lie in [-1, 1]. */
  pixels: number[];
  /** Root mean square over random features. */
  features: number[];
  /** Number of the nearest other image, by pixels. */
  index: number[];
};

/** Both sets are of the same size and channels; `others` holds at least one image. */
export function nearest(images: Images, others: Images): Nearest {
  const length = images.size ** 2 * images.channels;
  const byPixels = rows(images.numbers, length).map((row) => nearestTo(row, rows(others.numbers, length)));
  const features = featuresOf(others);
  const width = features.length / (others.numbers.length / length);
  const theirs = rows(features, width);
  const byFeatures = rows(featuresOf(images), width).map((row) => nearestTo(row, theirs));
  return {
    pixels: byPixels.map(({ distance }) => distance),
    index: byPixels.map(({ index }) => index),
    features: byFeatures.map(({ distance }) => distance),
  };
}

/**
 * The share of `distances` below the given quantile of the `expected` ones, which images that nobody copied
 * have: near that quantile where nothing is copied, towards 1 where all is. `quantile` is in [0, 1].
 */
export function shareBelow({
  distances,
  expected,
  quantile,
}: {
  distances: number[];
  expected: number[];
  quantile: number;
}): number {
  const place = Math.min(expected.length - 1, Math.floor(quantile * expected.length));
  const bound = [...expected].sort((a, b) => a - b)[place];
  if (bound === undefined) throw new RangeError('Of no expected distances there is no quantile.');
  return distances.filter((distance) => distance < bound).length / distances.length;
}

function nearestTo(row: Float32Array, others: Float32Array[]): { distance: number; index: number } {
  let best = { squares: Infinity, index: -1 };
  others.forEach((other, index) => {
    const squares = squaredDistance(row, other);
    if (squares < best.squares) best = { squares, index };
  });
  return { distance: Math.sqrt(best.squares / row.length), index: best.index };
}
