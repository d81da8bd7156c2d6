/**
 * The axes of a chart: whole steps on x, and on y a symmetric logarithm, which numbers below zero have too.
 */
import { reading, significant, withMinus } from './format.ts';

export type Range = { from: number; to: number };

/**
 * The range between two positions on the x axis, in either order, rounded to whole steps; at least one step
 * long.
 */
export function stepRange(one: number, other: number): Range {
  const from = Math.round(Math.min(one, other));
  return { from, to: Math.max(from + 1, Math.round(Math.max(one, other))) };
}

/** The ends of the x axis; a single step is in its middle. */
export function stepLimits({ from, to }: Range): { min: number; max: number } {
  return to > from ? { min: from, max: to } : { min: from - 1, max: from + 1 };
}

/**
 * A scale that is linear near zero and logarithmic beyond: position = value / threshold within the threshold,
 * else sign(value) (1 + log10(|value| / threshold)).
 */
export type SymmetricLog = {
  /** The scale is linear from minus this number to this number. */
  threshold: number;
  /** The position on the axis at which a value is plotted. */
  positionOf(value: number): number;
  /** The value that is plotted at a position. */
  valueAt(position: number): number;
};

/** The most decades in the logarithmic part of the axis, on either side of zero. */
const MOST_DECADES = 4;
/** The share of the numbers, the smallest ones, that may fall into the linear part. */
const SMALL_SHARE = 0.02;

/**
 * The symmetric logarithm that fits these lines; undefined if all numbers are above zero, since an ordinary
 * logarithmic axis shows those.
 */
export function symmetricLogOf(lines: readonly Float64Array[]): SymmetricLog | undefined {
  if (lines.every((values) => values.every((value) => !(value <= 0)))) return undefined;
  const sizes = Float64Array.from(lines.flatMap(sampled), Math.abs)
    .filter((size) => size > 0)
    .sort();
  const most = sizes.at(-1) ?? 1;
  const small = sizes[Math.floor(sizes.length * SMALL_SHARE)] ?? 1;
  const decade = Math.max(Math.floor(Math.log10(small)), Math.ceil(Math.log10(most)) - MOST_DECADES);
  return symmetricLog(10 ** decade);
}

/** The finite numbers of a line, of a long one every so many; its extremes may be missing. */
function sampled(values: Float64Array): number[] {
  const stride = Math.ceil(values.length / 2000);
  return [...values.filter((value, index) => index % stride === 0 && Number.isFinite(value))];
}

export function symmetricLog(threshold: number): SymmetricLog {
  return {
    threshold,
    positionOf(value) {
      const size = Math.abs(value) / threshold;
      return Math.sign(value) * (size <= 1 ? size : 1 + Math.log10(size));
    },
    valueAt(position) {
      const size = Math.abs(position);
      return Math.sign(position) * threshold * (size <= 1 ? size : 10 ** (size - 1));
    },
  };
}

/** Sets of ticks within a decade, the coarsest first. */
const STEPS_OF_DECADE = [[1], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]];
const FEWEST_TICKS = 3;
const MOST_TICKS = 7;

/** The positions of round numbers within this range of positions, rising. */
export function ticksOf(scale: SymmetricLog, { from, to }: Range): number[] {
  const decades = Math.ceil(Math.max(Math.abs(from), Math.abs(to), 1));
  const within = (steps: number[]): number[] => {
    const sizes = Array.from({ length: decades }, (_, decade) =>
      steps.map((step) => step * scale.threshold * 10 ** decade),
    ).flat();
    const positions = [...sizes.map((size) => -size).reverse(), 0, ...sizes].map(scale.positionOf);
    return positions.filter((position) => position >= from && position <= to);
  };
  const ticks = STEPS_OF_DECADE.map(within);
  const enough = ticks.find(({ length }) => length >= FEWEST_TICKS) ?? ticks.at(-1) ?? [];
  const stride = Math.ceil(enough.length / MOST_TICKS);
  // Counted from zero, so that zero keeps its tick if it is in sight.
  const zero = Math.max(0, enough.indexOf(0));
  return enough.filter((_, index) => (index - zero) % stride === 0);
}

/** "−10", "0.001", "2e−5". */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e6)) return withMinus(String(Number(value.toExponential(1))));
  return significant(value, 4);
}

/** What the symmetric axis does, in a sentence. */
export function symmetricWords({ threshold }: SymmetricLog): string {
  const end = tickText(threshold);
  return `A log axis cannot show values of zero or below, so this one is linear between −${end} and ${end}.`;
}

/** The share of the exact numbers, at each end, that may lie beyond the axis. */
const OUTLYING_SHARE = 0.02;

/**
 * Ends of the y axis that keep a few outliers among the exact numbers from squeezing the smoothed lines. An
 * end that is left out is that of the numbers themselves.
 */
export function smoothedLimits(
  exact: readonly Float64Array[],
  smoothed: readonly Float64Array[],
): { min?: number; max?: number } {
  const inner = [...smoothed.flatMap(sampled), ...exact.flatMap(bulkOf)];
  const [low, high] = extentOf(inner);
  const [least, most] = extentOf(exact.flatMap(sampled));
  const span = high - low;
  if (!(span > 0)) return {};
  return {
    ...(least < low - span / 2 && { min: low - span / 20 }),
    ...(most > high + span / 2 && { max: high + span / 20 }),
  };
}

/** The least and the greatest of the numbers that are no outliers. */
function bulkOf(values: Float64Array): number[] {
  const sorted = Float64Array.from(sampled(values)).sort();
  const cut = Math.floor(sorted.length * OUTLYING_SHARE);
  return [...sorted.slice(cut, cut + 1), ...sorted.slice(sorted.length - 1 - cut, sorted.length - cut)];
}

function extentOf(values: readonly number[]): [low: number, high: number] {
  return [Math.min(...values), Math.max(...values)];
}

/** A line with more points than this has no marks, since they would touch. */
const MOST_MARKED = 60;

/**
 * How the points of a line are drawn: a single point, which makes no line, is a dot that the chart's edge
 * does not cut.
 * @param marked whether each point is a measurement, and so has a mark
 */
export function pointStyleOf(points: number, marked = false): { pointRadius: number; clip?: false } {
  if (points === 1) return { pointRadius: 4, clip: false };
  return marked && points <= MOST_MARKED ? { pointRadius: 3, clip: false } : { pointRadius: 0 };
}

/** A number of a line in three digits; a dash for undefined. */
export function readingOr(value: number | undefined): string {
  return value === undefined ? '–' : reading(value);
}
