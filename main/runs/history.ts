/**
 * Reads the history of a run from its log. Events beyond a step that the run later went back to are left out:
 * they no longer belong to it.
 */
import {
  scoresFrom,
  type RunEvent,
  type RunHistory,
  type Scores,
  type Yardsticks,
} from '../contract/index.ts';
import type { NamedNumbers } from './losses-line.ts';
import { NumberRows } from './number-rows.ts';
import { scanEvents } from './read-events.ts';
import { Run } from './run.ts';

type Measures = { step: number; values: Record<string, number>; errors: Record<string, number> };

/**
 * The metrics in an event, and the step that they were measured at. Runs older than the event `measures`
 * logged their distance with `checkpoint-saved`.
 */
export function measuresOf(event: RunEvent): Measures | undefined {
  if (event.type === 'measures')
    return { step: event.of ?? event.step, values: event.values, errors: event.errors ?? {} };
  if (event.type !== 'checkpoint-saved' || event.distance === undefined) return undefined;
  return { step: event.step, values: { distance: event.distance }, errors: {} };
}

/** A row of metrics for each measured step, steps rising. `events` are those that last. */
function measuredIn(events: readonly RunEvent[]): Measures[] {
  const rows = new Map<number, Measures>();
  for (const event of events) {
    const measured = measuresOf(event);
    if (!measured) continue;
    const { step, values, errors } = measured;
    const row = rows.get(step);
    rows.set(step, {
      step,
      values: { ...row?.values, ...values },
      errors: { ...row?.errors, ...errors },
    });
  }
  return [...rows.values()].sort((a, b) => a.step - b.step);
}

/** The events without those beyond a step that the run later went back to. */
export function lasting(events: readonly RunEvent[]): RunEvent[] {
  const last: RunEvent[] = [];
  let earliest = Infinity;
  for (const event of [...events].reverse()) {
    if (event.step <= earliest || outlasts(event, earliest)) last.push(event);
    if (goesBack(event)) earliest = Math.min(earliest, event.step);
  }
  return last.reverse();
}

const goesBack = ({ type }: RunEvent): boolean => type === 'resumed' || type === 'step-refused';

/** Whether an event from beyond the step still holds for the run that goes on from there. */
function outlasts(event: RunEvent, step: number): boolean {
  if (event.type === 'measures') return event.of !== undefined && event.of <= step;
  return event.type === 'yardsticks' || event.type === 'data-changed' || event.type === 'health';
}

type LoggedRun = {
  losses: NumberRows;
  measures: NumberRows;
  /** The other events that last. */
  events: RunEvent[];
  /** Lines of the log that are no events. */
  skipped: number;
};

/** Goes through the log once. Losses, one event for each step, become columns. */
function readLog(folder: string): LoggedRun {
  const [losses, measures] = [new NumberRows(), new NumberRows()];
  const events: RunEvent[] = [];
  const { skipped } = scanEvents(folder, {
    losses(line) {
      addLosses(line.step, line.losses, line.hasMeasures ? line.measures : NONE);
    },
    other({ event }) {
      if (event.type === 'losses')
        return addLosses(event.step, named(event.losses), named(event.measures ?? {}));
      if (goesBack(event)) for (const rows of [losses, measures]) rows.dropBeyond(event.step);
      events.push(event);
    },
  });
  return { losses, measures, events: lasting(events), skipped };

  function addLosses(step: number, numbers: NamedNumbers, measured: NamedNumbers): void {
    // A line may have been written twice, if the first write failed only in part.
    if (step <= losses.lastStep) return;
    losses.add(step, numbers);
    measures.add(step, measured);
  }
}

const NONE: NamedNumbers = { names: [], numbers: [] };

const named = (numbers: Record<string, number>): NamedNumbers => ({
  names: Object.keys(numbers),
  numbers: Object.values(numbers),
});

/** The scores of each measured step. */
export function readScores(folder: string): Map<number, Scores> {
  const rows = measuredIn(readLog(folder).events);
  return new Map(rows.map(({ step, values, errors }) => [step, scoresFrom(values, errors)]));
}

/** Losses, measures, metrics and samples of a run, steps rising, and what else its log says. */
export function readHistory(folder: string): RunHistory {
  const { losses, measures, events, skipped } = readLog(folder);
  const samples: number[] = [];
  const dataChanges: RunHistory['dataChanges'] = [];
  let health: RunHistory['health'] = [];
  let yardsticks: Yardsticks = {};
  for (const event of events) {
    if (event.type === 'health') health = event.findings;
    if (event.type === 'yardsticks') yardsticks = event.scores;
    if (event.type === 'data-changed') dataChanges.push({ step: event.step, message: event.message });
    if (event.type === 'samples' && event.step > (samples.at(-1) ?? -1)) samples.push(event.step);
  }
  const best = Run.open(folder).best();
  return {
    steps: losses.steps,
    losses: losses.columns,
    measures: measures.columns,
    metrics: metricsIn(events),
    yardsticks,
    ...(best && { best }),
    samples,
    dataChanges,
    health,
    skipped,
  };
}

function metricsIn(events: readonly RunEvent[]): RunHistory['metrics'] {
  const [values, errors] = [new NumberRows(), new NumberRows()];
  for (const row of measuredIn(events)) {
    values.add(row.step, named(row.values));
    errors.add(row.step, named(row.errors));
  }
  return { steps: values.steps, values: values.columns, errors: errors.columns };
}
