/**
 * The one door to chart.js: a plot of a few lines over the same x, redrawn from points that are already
 * thinned.
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
import { minMaxPoints, type Point } from './min-max.ts';
import { smooth } from './smoothing.ts';

Chart.register(LineController, LineElement, LinearScale, LogarithmicScale, PointElement);

export type Line = { label: string; colour: `--${string}`; values: Float64Array };
export type LineData = { x: Float64Array; lines: Line[] };
export type View = {
  /** Weight of the moving average, 0 to below 1. */
  smoothing: number;
  logarithmic: boolean;
  range: { from: number; to: number };
};
export type LinePlot = {
  draw(data: LineData, view: View): void;
  /** x under a pixel column of the canvas. */
  xAt(pixel: number): number;
  /** Pixel of a point; outside the plot's area when it is not shown. */
  pixelOf(x: number, y: number): Point;
  area(): { left: number; right: number; top: number; bottom: number };
  destroy(): void;
};

/** Reads colours from the page's tokens at each draw, so that a change of theme shows with the next one. */
export function createLinePlot(canvas: HTMLCanvasElement): LinePlot {
  const token = (name: string): string => getComputedStyle(canvas).getPropertyValue(name).trim();
  const chart = new Chart<'line', Point[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 6, right: 8 } },
      scales: {
        x: { type: 'linear', border: { display: false }, ticks: { maxTicksLimit: 7, maxRotation: 0 } },
        y: { type: 'linear', border: { display: false }, ticks: { maxTicksLimit: 6 } },
      },
    },
  });

  function draw(data: LineData, view: View): void {
    const buckets = Math.max(50, Math.round(chart.width));
    chart.data.datasets = data.lines.flatMap((line) =>
      datasetsOf({ line, data, view, buckets, colour: token(line.colour) }),
    );
    chart.options.scales = scalesOf({
      view,
      ink: token('--ink-faint'),
      grid: token('--line'),
      family: token('--font'),
    });
    chart.update('none');
  }

  return {
    draw,
    xAt: (pixel) => chart.scales['x']?.getValueForPixel(pixel) ?? NaN,
    pixelOf: (x, y) => ({
      x: chart.scales['x']?.getPixelForValue(x) ?? NaN,
      y: chart.scales['y']?.getPixelForValue(y) ?? NaN,
    }),
    area: () => chart.chartArea,
    destroy: () => chart.destroy(),
  };
}

/** One line: its exact values, faint once a smoothed line stands before them. */
function datasetsOf({
  line,
  data,
  view,
  buckets,
  colour,
}: {
  line: Line;
  data: LineData;
  view: View;
  buckets: number;
  colour: string;
}): ChartDataset<'line', Point[]>[] {
  const pointsOf = (y: Float64Array): Point[] =>
    minMaxPoints({ x: data.x, y, ...view.range, buckets }).map((point) =>
      view.logarithmic && point.y <= 0 ? { x: point.x, y: NaN } : point,
    );
  const common = {
    label: line.label,
    pointRadius: data.x.length === 1 ? 2 : 0,
    borderJoinStyle: 'round' as const,
  };
  const exact = { ...common, data: pointsOf(line.values), borderColor: colour, borderWidth: 1.5 };
  if (view.smoothing <= 0) return [exact];
  const smoothed = {
    ...common,
    data: pointsOf(smooth(line.values, view.smoothing)),
    borderColor: colour,
    borderWidth: 2,
    order: 0,
  };
  return [smoothed, { ...exact, borderColor: `${colour}38`, borderWidth: 1, order: 1 }];
}

function scalesOf({ view, ink, grid, family }: { view: View; ink: string; grid: string; family: string }) {
  const font = { family, size: 11 };
  const { from, to } = view.range;
  return {
    x: {
      type: 'linear' as const,
      min: from,
      max: to > from ? to : from + 1,
      border: { display: false },
      grid: { display: false },
      ticks: { color: ink, font, maxTicksLimit: 7, maxRotation: 0, precision: 0 },
    },
    y: {
      type: view.logarithmic ? ('logarithmic' as const) : ('linear' as const),
      border: { display: false },
      grid: { color: grid },
      ticks: { color: ink, font, maxTicksLimit: 6 },
    },
  };
}
