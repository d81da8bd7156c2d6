/**
 * Levels of a chart, which are numbers to compare its lines with, drawn across it; and the error bars of its
 * points.
 */
import type { LinePlot } from './line-plot.ts';
import type { Flag } from './chart-events.ts';
import { metric } from './format.ts';
import type { Point } from './min-max.ts';

export type Level = { value: number; text: string };
/**
 * Where the text of a level stands, in CSS pixels; `isLate`: it ends at `left` instead of beginning there.
 */
export type LevelName = { text: string; top: number; left: number; isLate: boolean };

/** How far beyond the lines a level may lie, as a multiple of the span of the lines. */
const REACH = 1;
/** Height of a line of text, in CSS pixels. */
const ROW = 14;

type LevelLine = { values: Float64Array; errors?: Float64Array | undefined };

/** The levels that can be shown without squeezing the lines. */
export function fittingLevels(levels: readonly Level[], lines: readonly LevelLine[]): Level[] {
  const ends = lines.flatMap(({ values, errors }) =>
    [...values].flatMap((value, index) => {
      const error = errors?.[index] ?? 0;
      return Number.isFinite(value) ? [value - (error || 0), value + (error || 0)] : [];
    }),
  );
  if (ends.length === 0) return [];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const reach = REACH * (high > low ? high - low : Math.abs(high));
  return levels.filter(({ value }) => value >= low - reach && value <= high + reach);
}

/**
 * Where the texts of the levels in sight stand: each below the one above it, so that none covers another, and
 * at the left edge, away from the newest points, unless an event is in the left half of the chart.
 */
export function namesOfLevels(
  levels: readonly Level[],
  plot: Pick<LinePlot, 'area' | 'pixelOf'>,
  flags: readonly Pick<Flag, 'isLate'>[],
): LevelName[] {
  const { left, right, top, bottom } = plot.area();
  const isLate = flags.some((flag) => !flag.isLate);
  let free = top;
  return levels
    .map(({ value, text }) => ({ text, at: plot.pixelOf(0, value).y }))
    .filter(({ at }) => at >= top - 1 && at <= bottom + 1)
    .sort((one, other) => one.at - other.at)
    .map(({ text, at }) => {
      const below = Math.max(free, at - ROW);
      free = below + ROW;
      return { text, top: below, left: isLate ? right : left, isLate };
    });
}

/** What a screen reader says of a chart: its label, then each level. */
export function saidOfLevels(label: string, levels: readonly Level[]): string {
  if (levels.length === 0) return label;
  return `${label}; to compare: ${levels.map(({ text, value }) => `${text} ${metric(value, '')}`).join(', ')}`;
}

/** Error bars as one line: for each value with an error the two ends of its bar, then a gap (NaN). */
export function barsOf({
  x,
  values,
  errors,
}: {
  x: Float64Array;
  values: Float64Array;
  errors: Float64Array;
}): Point[] {
  return [...x].flatMap((step, index) => {
    const [value, error] = [values[index] ?? NaN, errors[index] ?? NaN];
    if (!Number.isFinite(value + error)) return [];
    return [
      { x: step, y: value - error },
      { x: step, y: value + error },
      { x: step, y: NaN },
    ];
  });
}
