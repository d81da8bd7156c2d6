/** How the numbers of a run look as lines: D is blue and G orange wherever they are drawn. */
import type { Line, LineData } from '../parts/line-plot.ts';
import type { MetricEntry } from '#main/contract/index.ts';
import type { LossSeries } from './loss-series.ts';

type Look = Pick<Line, 'label' | 'colour'>;

const PHASES: Record<string, Look> = {
  discriminator: { label: 'D', colour: '--discriminator' },
  generator: { label: 'G', colour: '--generator' },
};
const MEASURES: Record<string, string> = {
  'ada/p': 'Augmentation probability',
  'ada/overfitting': 'Overfitting',
};
const COLOURS = ['--good', '--caution', '--danger', '--ink-soft'] as const;

export function phaseLook(name: string, place: number): Look {
  return PHASES[name] ?? { label: words(name), colour: colourOf(place) };
}

export function measureLook(name: string, place: number): Look {
  return { label: MEASURES[name] ?? words(name), colour: colourOf(place) };
}

/** The lines of a series; `lookOf` says how the one of this name and place looks. */
export function linesOf(series: LossSeries, lookOf: (name: string, place: number) => Look): LineData {
  return {
    x: series.steps,
    lines: series.names.map((name, place) => ({ ...lookOf(name, place), values: series.column(name) })),
  };
}

/** The line of one metric; nothing where the run has not measured it. */
export function metricLines(
  series: LossSeries,
  { kind, label }: MetricEntry,
  place: number,
): LineData | undefined {
  if (!series.names.includes(kind)) return undefined;
  return { x: series.steps, lines: [{ label, colour: colourOf(place), values: series.column(kind) }] };
}

function colourOf(place: number): Look['colour'] {
  return COLOURS[place % COLOURS.length] ?? '--ink-soft';
}

/** "memory/mean-sign" -> "Memory: mean sign". */
function words(name: string): string {
  const spaced = name.replaceAll('/', ': ').replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
