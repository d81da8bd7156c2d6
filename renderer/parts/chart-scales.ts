/** The two scales of a line plot as chart.js takes them: steps on x, and values on y. */
import { stepLimits, tickText, ticksOf, type Range, type SymmetricLog } from './chart-axis.ts';
import { count } from './format.ts';

/** The page's colours and type, as a canvas takes them. */
type Ink = { ink: string; line: string; font: { family: string; size: number } };

/** @param token the value of one of the page's tokens */
export function inkOf(token: (name: string) => string): Ink {
  return {
    ink: token('--ink-faint'),
    line: token('--line'),
    font: { family: token('--font'), size: 11 },
  };
}

/** The x axis: whole steps, with ticks at round numbers wherever the range begins. */
export function stepScale(range: Range, { ink, font }: Ink) {
  return {
    type: 'linear' as const,
    ...stepLimits(range),
    border: { display: false },
    grid: { display: false },
    ticks: {
      color: ink,
      font,
      maxTicksLimit: 7,
      maxRotation: 0,
      precision: 0,
      includeBounds: false,
      callback: (value: number | string) => count(Number(value)),
    },
  };
}

/** Ends of the y axis; one that is left out is that of the numbers. */
export type Limits = { min?: number; max?: number };
type ValueScale = { logarithmic: boolean; symmetric: SymmetricLog | undefined; limits: Limits };

/** The y axis: linear, logarithmic, or logarithmic on both sides of zero. */
export function valueScale({ logarithmic, symmetric, limits }: ValueScale, { ink, line, font }: Ink) {
  const common = { border: { display: false }, grid: { color: line } };
  const textOf = (value: number | string): string =>
    tickText(symmetric ? symmetric.valueAt(Number(value)) : Number(value));
  const ticks = { color: ink, font, maxTicksLimit: 6, includeBounds: false, callback: textOf };
  if (!symmetric && logarithmic) return { ...common, ticks, type: 'logarithmic' as const };
  return {
    ...common,
    ticks,
    type: 'linear' as const,
    ...limits,
    ...(symmetric ? { afterBuildTicks: withTicks(symmetric) } : {}),
  };
}

/** Replaces the evenly spaced ticks of chart.js by round numbers of the symmetric axis. */
function withTicks(symmetric: SymmetricLog) {
  return (axis: { min: number; max: number; ticks: { value: number }[] }): void => {
    axis.ticks = ticksOf(symmetric, { from: axis.min, to: axis.max }).map((value) => ({ value }));
  };
}
