/** Numbers to read a chart by, as lines across it, and the error bars of its points. */
import type { LinePlot } from './line-plot.ts';
import type { Flag } from './chart-events.ts';
import { metric } from './format.ts';
import type { Point } from './min-max.ts';

export type Level = { value: number; text: string };
/** Where the words of a level stand, in CSS pixels; `isLate`: they end at `left`, and do not begin there. */
export type LevelName = { text: string; top: number; left: number; isLate: boolean };

/** Of the span of the lines, a level may lie so far beyond them. */
const REACH = 1;
/** Height of a line of words. */
const ROW = 14;

type LevelLine = { values: Float64Array; errors?: Float64Array | undefined };

/** The levels that can be shown without squeezing the lines. */
export function fittingLevels(levels: readonly Level[], lines: readonly LevelLine[]): Level[] {
  const ends = lines.flatMap(({ values, errors }) =>
    [...values].flatMap((value, place) => {
      const error = errors?.[place] ?? 0;
      return Number.isFinite(value) ? [value - (error || 0), value + (error || 0)] : [];
    }),
  );
  if (ends.length === 0) return [];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const reach = REACH * (high > low ? high - low : Math.abs(high));
  return levels.filter(({ value }) => value >= low - reach && value <= high + reach);
}

/**
 * Each below the one above it, so that no words cover others; at the left edge, away from the newest points, unless an
 * event stands on that side.
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
      const place = Math.max(free, at - ROW);
      free = place + ROW;
      return { text, top: place, left: isLate ? right : left, isLate };
    });
}

/** What the chart is called, and the levels in it. */
export function saidOfLevels(label: string, levels: readonly Level[]): string {
  if (levels.length === 0) return label;
  return `${label}; to compare: ${levels.map(({ text, value }) => `${text} ${metric(value, '')}`).join(', ')}`;
}

/** An upright line for each value with an error: two points, and a gap. */
export function barsOf({
  x,
  values,
  errors,
}: {
  x: Float64Array;
  values: Float64Array;
  errors: Float64Array;
}): Point[] {
  return [...x].flatMap((step, place) => {
    const [value, error] = [values[place] ?? NaN, errors[place] ?? NaN];
    if (!Number.isFinite(value + error)) return [];
    return [
      { x: step, y: value - error },
      { x: step, y: value + error },
      { x: step, y: NaN },
    ];
  });
}
