/** How the numbers of a run look as lines: each role has its colour wherever it is drawn. */
import type { Line, LineData } from '../parts/line-plot.ts';
import { labelOf, type MetricEntry, type PhaseEntry } from '#main/contract/index.ts';
import type { LossSeries } from './loss-series.ts';
import { phaseTitle } from './role-words.ts';

type Look = Pick<Line, 'label' | 'name' | 'colour'>;

const MEASURES: Record<string, string> = {
  'ada/p': 'Augmentation probability',
  'ada/overfitting': 'Overfitting',
};
const COLOURS = ['--good', '--caution', '--danger', '--ink-soft'] as const;

/** How the losses of these phases look: named after all that move, in the colour of the first. */
export function phaseLook(phases: readonly PhaseEntry[]): (name: string, place: number) => Look {
  return (name, place) => {
    const phase = phases.find((each) => each.name === name);
    const [first] = phase?.roles ?? [];
    return phase && first
      ? {
          label: labelOf(phase, phases),
          name: phaseTitle(phase, phases),
          colour: isFirstOf(phase, phases) ? `--${first}` : colourOf(place),
        }
      : { label: words(name), colour: colourOf(place) };
  };
}

/** Whether no phase before it has its first role, whose colour it takes. */
function isFirstOf(phase: PhaseEntry, phases: readonly PhaseEntry[]): boolean {
  return phases.find(({ roles }) => roles[0] === phase.roles[0]) === phase;
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
  const line = { label, colour: colourOf(place), values: series.column(kind), marked: true };
  return { x: series.steps, lines: [line] };
}

function colourOf(place: number): Look['colour'] {
  return COLOURS[place % COLOURS.length] ?? '--ink-soft';
}

/** "memory/mean-sign" -> "Memory: mean sign". */
function words(name: string): string {
  const spaced = name.replaceAll('/', ': ').replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
