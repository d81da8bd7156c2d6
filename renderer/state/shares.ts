/**
 * How the gradient is distributed over the numbers of an image: each one's share of the whole, beside an even
 * share.
 */
import { lowerBound } from '../parts/min-max.ts';

export type Shares = {
  /** Numbers of the image: pixels times channels. */
  count: number;
  /** 1 / count. */
  even: number;
  /** The largest share. */
  largest: number;
  median: number;
  /** The sum of the largest tenth of the shares. */
  topTenth: number;
  /**
   * How many numbers have a share in each of equal intervals from 0 to `histogramEnd`; larger ones are in the
   * last.
   */
  histogram: number[];
  histogramEnd: number;
};

const BARS = 36;
/** The end of the histogram, as a multiple of the even share. */
const END = 6;

/** Each number's share is its |gradient| / the sum of all |gradients|; undefined if all are 0. */
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
