/** Draws the pictures of a data set that metrics use: at random, but always the same ones. */
import type { Dataset, Readable } from '../datasets/index.ts';
import type { Images } from '../metrics/index.ts';
import { randomOrder } from '../random.ts';

export type DrawnPictures = {
  images: Images;
  /** The index of each among the pictures that they are drawn from; empty for points of the plane. */
  indices: readonly number[];
};

/**
 * `most` of the pictures that a run trains on, or all if there are fewer; none twice, none mirrored. If the
 * run evens its classes out, as many of each class as possible.
 */
export function picturesOf(dataset: Dataset, most: number): DrawnPictures {
  const { size, channels } = dataset;
  if (channels === 2)
    return {
      images: { size, channels, numbers: dataset.batch({ step: 0, batch: most, seed: 0 }) },
      indices: [],
    };
  return drawnFrom(dataset, dataset, most);
}

/** The same of the pictures that the run holds out; undefined if it holds out none. */
export function heldOutOf(dataset: Dataset, most: number): DrawnPictures | undefined {
  return dataset.heldOut && drawnFrom(dataset, dataset.heldOut, most);
}

function drawnFrom(
  { size, channels, summary }: Dataset,
  { count, labels, bytes }: Readable,
  most: number,
): DrawnPictures {
  const order = [...randomOrder({ seed: 0, stream: 'order', step: 0 }, count)];
  const isEvened = summary.options.evenClasses && labels.length > 0;
  const indices = (isEvened ? inTurns(order, labels) : order).slice(0, most);
  return { images: { size, channels, numbers: numbersOf(bytes(indices)) }, indices };
}

/** Scales bytes, 0 to 255, to [-1, 1]; there may be tens of millions. */
function numbersOf(bytes: Uint8Array): Float32Array {
  const numbers = new Float32Array(bytes.length);
  bytes.forEach((byte, index) => (numbers[index] = byte / 127.5 - 1));
  return numbers;
}

/** The first of each class, then the second of each, and so on. */
function inTurns(order: readonly number[], labels: ArrayLike<number>): number[] {
  const seen = new Map<number, number>();
  const rounds = order.map((index) => {
    const label = labels[index] ?? 0;
    const round = seen.get(label) ?? 0;
    seen.set(label, round + 1);
    return { index, round };
  });
  return rounds.sort((a, b) => a.round - b.round).map(({ index }) => index);
}
