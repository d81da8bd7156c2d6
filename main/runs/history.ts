/**
 * What a run told of itself, as it stands: what was logged beyond a step that the run went back to did not
 * last.
 */
import {
  scoresFrom,
  type RunEvent,
  type RunHistory,
  type Scores,
  type Yardsticks,
} from '../contract/index.ts';
import { readEvents } from './events-file.ts';
import { Run } from './run.ts';

type Losses = Extract<RunEvent, { type: 'losses' }>;

type Measures = { step: number; values: Record<string, number>; errors: Record<string, number> };

/**
 * What the event tells of metrics, and of which step. Before there was an event of its own, a checkpoint told its
 * distance.
 */
export function measuresOf(event: RunEvent): Measures | undefined {
  if (event.type === 'measures')
    return { step: event.of ?? event.step, values: event.values, errors: event.errors ?? {} };
  if (event.type !== 'checkpoint-saved' || event.distance === undefined) return undefined;
  return { step: event.step, values: { distance: event.distance }, errors: {} };
}

/** What was measured, a row for each step that was, steps rising; `events` are those that last. */
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

/** The events without what was logged beyond a step that the run went back to. */
export function lasting(events: Iterable<RunEvent>): RunEvent[] {
  const last: RunEvent[] = [];
  for (const event of events) {
    if (event.type === 'resumed' || event.type === 'step-refused') {
      let end = last.length;
      while (end > 0 && (last[end - 1]?.step ?? 0) > event.step) end -= 1;
      const beyond = last.splice(end);
      last.push(...beyond.filter((each) => outlasts(each, event.step)));
    }
    last.push(event);
  }
  return last;
}

/** Whether an event from beyond the step still says something of the run that goes on from there. */
function outlasts(event: RunEvent, step: number): boolean {
  if (event.type === 'measures') return event.of !== undefined && event.of <= step;
  return event.type === 'yardsticks' || event.type === 'data-changed' || event.type === 'health';
}

/** What was measured of each step, by its metrics. */
export function readScores(folder: string): Map<number, Scores> {
  const rows = measuredIn(lasting(readEvents(folder).map(({ event }) => event)));
  return new Map(rows.map(({ step, values, errors }) => [step, scoresFrom(values, errors)]));
}

/** Losses, measures and samples of a run, steps rising. */
export function readHistory(folder: string): RunHistory {
  const events = lasting(readEvents(folder).map(({ event }) => event));
  const losses: Losses[] = [];
  const samples: number[] = [];
  const dataChanges: RunHistory['dataChanges'] = [];
  let health: RunHistory['health'] = [];
  let yardsticks: Yardsticks = {};
  for (const event of events) {
    // A line that was written twice, since the first time did not succeed, counts once.
    if (event.type === 'losses' && event.step > (losses.at(-1)?.step ?? 0)) losses.push(event);
    if (event.type === 'health') health = event.findings;
    if (event.type === 'yardsticks') yardsticks = event.scores;
    if (event.type === 'data-changed') dataChanges.push({ step: event.step, message: event.message });
    if (event.type === 'samples' && event.step > (samples.at(-1) ?? -1)) samples.push(event.step);
  }
  const metrics = measuredIn(events);
  const best = Run.open(folder).best();
  return {
    steps: Uint32Array.from(losses, ({ step }) => step),
    losses: columns(losses.map((event) => event.losses)),
    measures: columns(losses.map(({ measures }) => measures ?? {})),
    metrics: {
      steps: Uint32Array.from(metrics, ({ step }) => step),
      values: columns(metrics.map(({ values }) => values)),
      errors: columns(metrics.map(({ errors }) => errors)),
    },
    yardsticks,
    ...(best && { best }),
    samples,
    dataChanges,
    health,
  };
}

/** Rows of named numbers as one column for each name; not a number where a row lacks the name. */
function columns(rows: Record<string, number>[]): RunHistory['losses'] {
  const table: RunHistory['losses'] = {};
  rows.forEach((row, index) => {
    for (const [name, number] of Object.entries(row))
      (table[name] ??= new Float32Array(rows.length).fill(NaN))[index] = number;
  });
  return table;
}
