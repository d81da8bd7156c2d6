/**
 * A plot of a few lines over the same x, drawn by chart.js from thinned points. Only this file imports
 * chart.js.
 */
import {
  Chart,
  LineController,
  LineElement,
  LinearScale,
  LogarithmicScale,
  PointElement,
  type ChartDataset,
} from 'chart.js';
import {
  pointStyleOf,
  smoothedLimits,
  stepLimits,
  symmetricLogOf,
  type Range,
  type SymmetricLog,
} from './chart-axis.ts';
import { lowerBound, minMaxPoints, type Point } from './min-max.ts';
import { barsOf, type Level } from './chart-levels.ts';
import { inkOf, stepScale, valueScale, type Limits } from './chart-scales.ts';
import { smooth } from './smoothing.ts';

Chart.register(LineController, LineElement, LinearScale, LogarithmicScale, PointElement);

export type Line = {
  label: string;
  /** Its label in full, for a legend with room for it. */
  name?: string;
  colour: `--${string}`;
  values: Float64Array;
  /** Each point is a measurement, and has a mark. */
  marked?: boolean;
  /** Standard errors of the values, drawn as bars. */
  errors?: Float64Array | undefined;
};
export type LineData = {
  /** Steps, rising; a line's values and errors have the same length. */
  x: Float64Array;
  lines: Line[];
  /** Numbers to compare the lines with, drawn across the chart. */
  levels?: readonly Level[];
};
export type View = {
  /** Weight of the moving average, 0 to below 1. */
  smoothing: number;
  logarithmic: boolean;
  range: Range;
};
export type LinePlot = {
  draw(data: LineData, view: View): void;
  /** The x at a pixel column of the canvas. */
  xAt(pixel: number): number;
  /** Where a point is on the canvas, in CSS pixels; outside `area()` if it is not in sight. */
  pixelOf(x: number, y: number): Point;
  /** The symmetric axis, if one is drawn: on a logarithmic axis with numbers at or below zero. */
  symmetric(): SymmetricLog | undefined;
  /** Whether exact numbers lie beyond the axis, which is fitted to the smoothed lines. */
  isCut(): boolean;
  area(): { left: number; right: number; top: number; bottom: number };
  destroy(): void;
};

/**
 * A plot on this canvas. It reads its colours from the page's tokens at each draw, so the next draw shows a
 * new theme.
 * @param onResize called when the size of the canvas has changed, just before it is drawn again
 */
export function createLinePlot(canvas: HTMLCanvasElement, onResize: () => void): LinePlot {
  const token = (name: string): string => getComputedStyle(canvas).getPropertyValue(name).trim();
  const chart = emptyChart(canvas, onResize);
  let symmetric: SymmetricLog | undefined;
  let limits: Limits = {};

  function draw(data: LineData, view: View): void {
    const buckets = Math.max(50, Math.round(chart.width));
    symmetric = view.logarithmic ? symmetricLogOf(data.lines.map(({ values }) => values)) : undefined;
    const positionOf = symmetric?.positionOf;
    const lines = data.lines.map((line) => ({ line, smoothed: smooth(line.values, view.smoothing) }));
    limits = limitsOf(lines, data.x, view);
    chart.data.datasets = [
      ...lines.flatMap((each) =>
        datasetsOf({ ...each, data, view, buckets, positionOf, colour: token(each.line.colour) }),
      ),
      ...lines.flatMap(({ line }) => errorBars(line, data.x, token(line.colour))),
      ...(data.levels ?? []).map((level) => levelLine(level, view.range, token('--ink-faint'))),
    ];
    chart.options.scales = {
      x: stepScale(view.range, inkOf(token)),
      y: valueScale({ logarithmic: view.logarithmic, symmetric, limits }, inkOf(token)),
    };
    chart.update('none');
  }

  return {
    draw,
    xAt: (pixel) => chart.scales['x']?.getValueForPixel(pixel) ?? NaN,
    pixelOf: (x, y) => ({
      x: chart.scales['x']?.getPixelForValue(x) ?? NaN,
      y: chart.scales['y']?.getPixelForValue(symmetric?.positionOf(y) ?? y) ?? NaN,
    }),
    symmetric: () => symmetric,
    isCut: () => Object.keys(limits).length > 0,
    area: () => chart.chartArea,
    destroy: () => chart.destroy(),
  };
}

/** A chart without data, animation or listeners of its own: the caller decides what is drawn, and when. */
function emptyChart(canvas: HTMLCanvasElement, onResize: () => void): Chart<'line', Point[]> {
  return new Chart<'line', Point[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      onResize,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 6, right: 8 } },
    },
  });
}

type Smoothed = { line: Line; smoothed: Float64Array };

/**
 * The ends of the y axis, for the range in sight; a logarithmic axis, and one without smoothed lines, shows
 * all.
 */
function limitsOf(lines: readonly Smoothed[], x: Float64Array, view: View): Limits {
  if (view.logarithmic || view.smoothing <= 0) return {};
  const [first, end] = [lowerBound(x, view.range.from), lowerBound(x, view.range.to + 1)];
  const seen = (values: Float64Array): Float64Array => values.subarray(first, end);
  return smoothedLimits(
    lines.map(({ line }) => seen(line.values)),
    lines.map(({ smoothed }) => seen(smoothed)),
  );
}

type DrawnLine = Smoothed & {
  data: LineData;
  view: View;
  buckets: number;
  /** The position of a number on the symmetric axis; undefined for any other axis. */
  positionOf: SymmetricLog['positionOf'] | undefined;
  colour: string;
};

/**
 * The data sets of one line: its exact values and, in front of them, the smoothed ones, which make the exact
 * ones faint.
 */
function datasetsOf({
  line,
  smoothed,
  data,
  view,
  buckets,
  positionOf,
  colour,
}: DrawnLine): ChartDataset<'line', Point[]>[] {
  const pointsOf = (y: Float64Array): Point[] => {
    const points = minMaxPoints({ x: data.x, y, ...view.range, buckets });
    return positionOf ? points.map((point) => ({ x: point.x, y: positionOf(point.y) })) : points;
  };
  const points = pointsOf(line.values);
  const common = {
    label: line.label,
    ...pointStyleOf(points.length, line.marked),
    borderColor: colour,
    backgroundColor: colour,
    borderJoinStyle: 'round' as const,
  };
  if (view.smoothing <= 0 || points.length === 1) return [{ ...common, data: points, borderWidth: 1.5 }];
  return [
    { ...common, data: pointsOf(smoothed), borderWidth: 2, order: 0 },
    { ...common, data: points, borderColor: `${colour}38`, borderWidth: 1, order: 1 },
  ];
}

function errorBars(
  { values, errors }: Line,
  x: Float64Array,
  colour: string,
): ChartDataset<'line', Point[]>[] {
  if (!errors) return [];
  const data = barsOf({ x, values, errors });
  return [{ data, borderColor: `${colour}80`, borderWidth: 1.5, pointRadius: 0, clip: false, order: 2 }];
}

function levelLine({ value }: Level, range: Range, colour: string): ChartDataset<'line', Point[]> {
  const { min, max } = stepLimits(range);
  const data = [
    { x: min, y: value },
    { x: max, y: value },
  ];
  return { data, borderColor: colour, borderWidth: 1, borderDash: [4, 4], pointRadius: 0, order: 3 };
}
