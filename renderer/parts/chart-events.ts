/** Events along the x axis of a chart, drawn as upright lines with a few words each. */
import { count } from './format.ts';
import type { LinePlot } from './line-plot.ts';

/** `x`: the step; `text`: what happened there, in a few words. */
export type ChartEvent = { x: number; text: string };

/**
 * An event in sight, in CSS pixels. `row`: the row of its text, from the top; `isLate`: in the right half of
 * the chart, so that its text stands to the left of its line.
 */
export type Flag = { text: string; left: number; top: number; height: number; row: number; isLate: boolean };

/** Rows that the texts take in turn, so that those of neighbours do not cover each other. */
const ROWS = 3;

/** The flags of the events that are in sight. */
export function flagsOf(events: readonly ChartEvent[], plot: Pick<LinePlot, 'area' | 'pixelOf'>): Flag[] {
  const { left, right, top, bottom } = plot.area();
  return events
    .map(({ x, text }, index) => ({ text, row: index % ROWS, left: plot.pixelOf(x, 1).x }))
    .filter((flag) => flag.left >= left && flag.left <= right)
    .map((flag) => ({ ...flag, top, height: bottom - top, isLate: flag.left > (left + right) / 2 }));
}

/** What a screen reader says of a chart: its label, then each event. */
export function saidOf(label: string, events: readonly ChartEvent[]): string {
  if (events.length === 0) return label;
  return `${label}; ${events.map(({ x, text }) => `at step ${count(x)}: ${text}`).join('; ')}`;
}
