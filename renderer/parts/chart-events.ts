/** What happened along a chart, as lines across it. */
import { count } from './format.ts';
import type { LinePlot } from './line-plot.ts';

/** `x`: where along the chart; `text`: what happened there, in a few words. */
export type ChartEvent = { x: number; text: string };

/** An event that is in sight, in CSS pixels; `row`: how many lines of text stand above its own. */
export type Flag = { text: string; left: number; top: number; height: number; row: number; isLate: boolean };

/** Rows in which words stand in turns, so that those of near events do not cover each other. */
const ROWS = 3;

export function flagsOf(events: readonly ChartEvent[], plot: Pick<LinePlot, 'area' | 'pixelOf'>): Flag[] {
  const { left, right, top, bottom } = plot.area();
  return events
    .map(({ x, text }, place) => ({ text, row: place % ROWS, left: plot.pixelOf(x, 1).x }))
    .filter((flag) => flag.left >= left && flag.left <= right)
    .map((flag) => ({ ...flag, top, height: bottom - top, isLate: flag.left > (left + right) / 2 }));
}

/** What the chart is called, and what happened along it. */
export function saidOf(label: string, events: readonly ChartEvent[]): string {
  if (events.length === 0) return label;
  return `${label}; ${events.map(({ x, text }) => `at step ${count(x)}: ${text}`).join('; ')}`;
}
