/** How the axes of a chart run: whole steps along it, and upwards a logarithm that numbers below zero have too. */
import { reading, significant, withMinus } from './format.ts';

export type Range = { from: number; to: number };

/** The range between two places on an axis of steps: whole steps, and at least one of them. */
export function stepRange(one: number, other: number): Range {
  const from = Math.round(Math.min(one, other));
  return { from, to: Math.max(from + 1, Math.round(Math.max(one, other))) };
}

/** Where the axis of steps begins and ends; a single step lies in its middle. */
export function stepLimits({ from, to }: Range): { min: number; max: number } {
  return to > from ? { min: from, max: to } : { min: from - 1, max: from + 1 };
}

/** Even in ends: what is plotted in the place of a number, and the number that stands at a place. */
export type SymmetricLog = {
  /** Between this number and its negative the axis is even, beyond them it is logarithmic. */
  threshold: number;
  placeOf(value: number): number;
  valueAt(place: number): number;
};

/** Decades that the logarithmic part of the axis has at most. */
const MOST_DECADES = 4;
/** The part of the numbers that may lie in the even part for being small. */
const SMALL_SHARE = 0.02;

/**
 * The symmetric logarithm for these lines; undefined where all numbers are above zero, which an ordinary logarithm
 * shows.
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

/** Some of the numbers of a long line, its extremes left to chance. */
function sampled(values: Float64Array): number[] {
  const stride = Math.ceil(values.length / 2000);
  return [...values.filter((value, place) => place % stride === 0 && Number.isFinite(value))];
}

export function symmetricLog(threshold: number): SymmetricLog {
  return {
    threshold,
    placeOf(value) {
      const size = Math.abs(value) / threshold;
      return Math.sign(value) * (size <= 1 ? size : 1 + Math.log10(size));
    },
    valueAt(place) {
      const size = Math.abs(place);
      return Math.sign(place) * threshold * (size <= 1 ? size : 10 ** (size - 1));
    },
  };
}

/** Steps within a decade that ticks may have, the coarsest first. */
const STEPS_OF_DECADE = [[1], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]];
const FEWEST_TICKS = 3;
const MOST_TICKS = 7;

/** Round numbers, as places on the axis, from the lowest to the highest that is seen. */
export function ticksOf(scale: SymmetricLog, { from, to }: Range): number[] {
  const decades = Math.ceil(Math.max(Math.abs(from), Math.abs(to), 1));
  const within = (steps: number[]): number[] => {
    const sizes = Array.from({ length: decades }, (_, decade) =>
      steps.map((step) => step * scale.threshold * 10 ** decade),
    ).flat();
    const places = [...sizes.map((size) => -size).reverse(), 0, ...sizes].map(scale.placeOf);
    return places.filter((place) => place >= from && place <= to);
  };
  const ticks = STEPS_OF_DECADE.map(within);
  const enough = ticks.find(({ length }) => length >= FEWEST_TICKS) ?? ticks.at(-1) ?? [];
  const stride = Math.ceil(enough.length / MOST_TICKS);
  // Counted from zero, where it is seen, so that it keeps its tick.
  const zero = Math.max(0, enough.indexOf(0));
  return enough.filter((_, place) => (place - zero) % stride === 0);
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

/** The part of the exact numbers, at each end, that may lie beyond the axis. */
const OUTLYING_SHARE = 0.02;

/**
 * Ends of the axis where few exact numbers would squeeze the smoothed lines: one is left out where all numbers fit
 * well.
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

/** Between which numbers all but the outlying ones lie. */
function bulkOf(values: Float64Array): number[] {
  const sorted = Float64Array.from(sampled(values)).sort();
  const cut = Math.floor(sorted.length * OUTLYING_SHARE);
  return [...sorted.slice(cut, cut + 1), ...sorted.slice(sorted.length - 1 - cut, sorted.length - cut)];
}

function extentOf(values: readonly number[]): [low: number, high: number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Points of a line that are marked at most: more would touch. */
const MOST_MARKED = 60;

/**
 * How the points of a line are drawn: a line of one point as a dot, which the chart's edge does not cut.
 * @param marked whether each point is a measurement of its own
 */
export function pointStyleOf(points: number, marked = false): { pointRadius: number; clip?: false } {
  if (points === 1) return { pointRadius: 4, clip: false };
  return marked && points <= MOST_MARKED ? { pointRadius: 3, clip: false } : { pointRadius: 0 };
}

/** A line's number where it is read, in few digits, or a dash. */
export function readingOr(value: number | undefined): string {
  return value === undefined ? '–' : reading(value);
}
