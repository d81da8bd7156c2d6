/**
 * The losses, measures and metrics of a run as lines of a chart; each role has the same colour in every
 * chart.
 */
import type { Line, LineData } from '../parts/line-plot.ts';
import type { Level } from '../parts/chart-levels.ts';
import { labelOf, type MetricEntry, type PhaseEntry, type Yardsticks } from '#main/contract/index.ts';
import type { LossSeries } from './loss-series.ts';
import { metricInSentence, metricName } from './metric-words.ts';
import { phaseTitle } from './role-words.ts';
import type { MeasuredStep } from './run-quality.svelte.ts';

type LineStyle = Pick<Line, 'label' | 'name' | 'colour'>;

/** Labels of measures, by name. */
const MEASURES: Record<string, string> = {
  'ada/p': 'Augmentation probability',
  'ada/overfitting': 'Overfitting',
};
/** Colours of lines that belong to no role, in turn. */
const COLOURS = ['--good', '--caution', '--danger', '--ink-soft'] as const;

/**
 * Styles for the losses of these phases: a line is named after all players that move, in the colour of the
 * first one's role. The index of the line gives its colour if no role does.
 */
export function phaseStyle(phases: readonly PhaseEntry[]): (name: string, index: number) => LineStyle {
  return (name, index) => {
    const phase = phases.find((each) => each.name === name);
    const [first] = phase?.roles ?? [];
    return phase && first
      ? {
          label: labelOf(phase, phases),
          name: phaseTitle(phase, phases),
          colour: isFirstOf(phase, phases) ? `--${first}` : colourOf(index),
        }
      : { label: words(name), colour: colourOf(index) };
  };
}

/** Whether no phase before this one has the same first role, and so the colour of that role. */
function isFirstOf(phase: PhaseEntry, phases: readonly PhaseEntry[]): boolean {
  return phases.find(({ roles }) => roles[0] === phase.roles[0]) === phase;
}

/** The style of a measure's line, whose index gives its colour. */
export function measureStyle(name: string, index: number): LineStyle {
  return { label: MEASURES[name] ?? words(name), colour: colourOf(index) };
}

/** The lines of a series; `styleOf` gives the style of a line by its name and its index. */
export function linesOf(series: LossSeries, styleOf: (name: string, index: number) => LineStyle): LineData {
  return {
    x: series.steps,
    lines: series.names.map((name, index) => ({ ...styleOf(name, index), values: series.column(name) })),
  };
}

/** The lines of metrics that share a chart, over the steps at which one of them was measured. */
export function metricLines(rows: readonly MeasuredStep[], members: readonly MetricEntry[]): LineData {
  const measured = rows.filter(({ scores }) => members.some(({ kind }) => scores[kind]));
  const column = (numberOf: (row: MeasuredStep) => number | undefined): Float64Array =>
    Float64Array.from(measured, (row) => numberOf(row) ?? NaN);
  return {
    x: column(({ step }) => step),
    lines: members.map((about, index) => {
      const errors = column(({ scores }) => scores[about.kind]?.error);
      return {
        label: metricName(about),
        colour: colourOf(index),
        values: column(({ scores }) => scores[about.kind]?.value),
        marked: true,
        ...(errors.some(Number.isFinite) && { errors }),
      };
    }),
  };
}

/**
 * The yardsticks of a chart as levels: all three if it shows a single metric; if several metrics share it,
 * only what the data scores in each.
 * @param areHeldOut whether `yardsticks.heldOut` was measured on held-out pictures, and not on the data
 * itself
 */
export function metricLevels(
  yardsticks: Yardsticks,
  members: readonly MetricEntry[],
  areHeldOut: boolean,
): Level[] {
  const data = areHeldOut ? 'held-out pictures' : 'the data itself';
  const [only, ...others] = members;
  if (only && others.length === 0) {
    const subjects = { heldOut: data, untrained: 'untrained G', noise: 'noise' } as const;
    return (['heldOut', 'untrained', 'noise'] as const).flatMap((subject) => {
      const score = yardsticks[subject]?.[only.kind];
      return score ? [{ value: score.value, text: subjects[subject] }] : [];
    });
  }
  return members.flatMap((about) => {
    const score = yardsticks.heldOut?.[about.kind];
    return score ? [{ value: score.value, text: `${data}: ${metricInSentence(about)}` }] : [];
  });
}

function colourOf(index: number): LineStyle['colour'] {
  return COLOURS[index % COLOURS.length] ?? '--ink-soft';
}

/** "memory/mean-sign" -> "Memory: mean sign". */
function words(name: string): string {
  const spaced = name.replaceAll('/', ': ').replaceAll('-', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
