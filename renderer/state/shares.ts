/** How the error is shared out among the pixels: each one's part of the whole, beside an even share. */
import { lowerBound } from '../parts/min-max.ts';

export type Shares = {
  /** Numbers of the image: pixels times channels. */
  count: number;
  /** Of an even division. */
  even: number;
  /** Of the number with the largest gradient. */
  largest: number;
  median: number;
  /** Of all the gradient that the steepest tenth of the numbers carries. */
  topTenth: number;
  /** Counts of numbers by share, from 0 to `histogramEnd`, in even steps. */
  histogram: number[];
  histogramEnd: number;
};

const BARS = 36;
/** Shares beyond so many even ones are counted in the last bar. */
const END = 6;

/** Shares of |gradient| in the sum of all; undefined where all of them are 0. */
export function sharesOf(values: Float32Array): Shares | undefined {
  const sizes = Float64Array.from(values, Math.abs).sort();
  const sum = sizes.reduce((all, size) => all + size, 0);
  if (sum === 0) return undefined;
  const count = sizes.length;
  const even = 1 / count;
  const histogramEnd = END * even;
  const bars = sizes.map((size) => Math.min(BARS - 1, Math.floor((size / sum / histogramEnd) * BARS)));
  const histogram = Array.from(
    { length: BARS },
    (_, bar) => lowerBound(bars, bar + 1) - lowerBound(bars, bar),
  );
  const top = sizes.subarray(count - Math.ceil(count / 10)).reduce((all, size) => all + size, 0);
  return {
    count,
    even,
    largest: sizes.reduce((most, size) => Math.max(most, size), 0) / sum,
    median: (sizes[Math.floor(count / 2)] ?? 0) / sum,
    topTenth: top / sum,
    histogram,
    histogramEnd,
  };
}
