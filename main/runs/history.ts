/**
 * What a run told of itself, as it stands: what was logged beyond a step that the run went back to did not
 * last.
 */
import type { RunEvent, RunHistory } from '../contract/index.ts';
import { readEvents } from './events-file.ts';

type Losses = Extract<RunEvent, { type: 'losses' }>;

type Measures = { step: number; values: Record<string, number> };

/** What the event tells of metrics. Before there was an event of its own, a checkpoint told its distance. */
export function measuresOf(event: RunEvent): Measures | undefined {
  if (event.type === 'measures') return { step: event.step, values: event.values };
  if (event.type !== 'checkpoint-saved' || event.distance === undefined) return undefined;
  return { step: event.step, values: { distance: event.distance } };
}

/** Losses, measures and samples of a run, steps rising. */
export function readHistory(folder: string): RunHistory {
  const losses: Losses[] = [];
  const samples: number[] = [];
  const metrics: Measures[] = [];
  const dataChanges: RunHistory['dataChanges'] = [];
  let health: RunHistory['health'] = [];
  for (const { event } of readEvents(folder)) {
    if (event.type === 'resumed' || event.type === 'step-refused') {
      while ((losses.at(-1)?.step ?? 0) > event.step) losses.pop();
      while ((samples.at(-1) ?? 0) > event.step) samples.pop();
      while ((metrics.at(-1)?.step ?? 0) > event.step) metrics.pop();
    }
    // A line that was written twice, since the first time did not succeed, counts once.
    if (event.type === 'losses' && event.step > (losses.at(-1)?.step ?? 0)) losses.push(event);
    if (event.type === 'health') health = event.findings;
    if (event.type === 'data-changed') dataChanges.push({ step: event.step, message: event.message });
    const measured = measuresOf(event);
    if (measured && measured.step > (metrics.at(-1)?.step ?? -1)) metrics.push(measured);
    if (event.type === 'samples' && event.step > (samples.at(-1) ?? -1)) samples.push(event.step);
  }
  return {
    steps: Uint32Array.from(losses, ({ step }) => step),
    losses: columns(losses.map((event) => event.losses)),
    measures: columns(losses.map(({ measures }) => measures ?? {})),
    metrics: {
      steps: Uint32Array.from(metrics, ({ step }) => step),
      values: columns(metrics.map(({ values }) => values)),
    },
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
