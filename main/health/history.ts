/**
 * The history of a run that rules of health read: its measures, the losses between them, and its refused
 * steps.
 */
import type { RunEvent, Signs } from '../contract/index.ts';

type MeasuresEvent = Extract<RunEvent, { type: 'measures' }>;

export type MeasuredStep = {
  step: number;
  /** By kind of metric. */
  values: Record<string, number>;
  /** Standard errors of the metrics that have one. */
  errors?: Record<string, number>;
  signs?: Signs;
  /** By phase, the mean over the steps since the previous measures. */
  losses: Record<string, number>;
};

export type History = {
  /** The newest step. */
  step: number;
  /** In ascending order of steps. */
  measured: readonly MeasuredStep[];
  /** Refused steps, in the order of the events. */
  refused: readonly { step: number; learningRateFactor: number }[];
};

/** Builds a history event by event. When the run goes back to a step, the measures beyond it are dropped. */
export class HistoryKeeper {
  private step = 0;
  private readonly measured: MeasuredStep[] = [];
  private refused: { step: number; learningRateFactor: number }[] = [];
  private losses: Record<string, { sum: number; count: number }> = {};

  get history(): History {
    return { step: this.step, measured: [...this.measured], refused: [...this.refused] };
  }

  add(event: RunEvent): void {
    this.step = event.step;
    if (event.type === 'losses') this.addLosses(event.losses);
    if (event.type === 'measures') this.addMeasured(event);
    if (event.type === 'step-refused')
      this.refused.push({ step: event.refusedStep, learningRateFactor: event.learningRateFactor });
    if (event.type === 'step-refused' || event.type === 'resumed') this.goBack(event.step);
  }

  private addLosses(losses: Record<string, number>): void {
    for (const [phase, loss] of Object.entries(losses)) {
      const { sum, count } = this.losses[phase] ?? { sum: 0, count: 0 };
      this.losses[phase] = { sum: sum + loss, count: count + 1 };
    }
  }

  /**
   * Slow metrics arrive later, for the step that they measured. An event that was logged twice counts once.
   */
  private addMeasured({ step, of = step, values, errors, signs }: MeasuresEvent): void {
    const losses: Record<string, number> = {};
    for (const [phase, { sum, count }] of Object.entries(this.losses)) losses[phase] = sum / count;
    const isNew = of === step && step > (this.measured.at(-1)?.step ?? -1);
    const more = { step: of, values, ...(errors && { errors }), ...(signs && { signs }) };
    const at = this.indexOf(of);
    const before = this.measured[at]?.step === of ? this.measured[at] : undefined;
    const row = merged(before ?? { step: of, values: {}, losses: isNew ? losses : {} }, more);
    this.measured.splice(at, before ? 1 : 0, row);
    if (isNew) this.losses = {};
  }

  /** The index of the row of this step, or where it would be inserted. */
  private indexOf(step: number): number {
    let [low, high] = [0, this.measured.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.measured[middle]?.step ?? 0) < step) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private goBack(step: number): void {
    this.measured.length = this.indexOf(step + 1);
    this.losses = {};
  }
}

type More = Pick<MeasuredStep, 'step' | 'values' | 'errors' | 'signs'>;

/** The row with more values; those that were known before stay as they were. */
const merged = (before: MeasuredStep, { values, errors, ...more }: More): MeasuredStep => ({
  ...more,
  ...before,
  values: { ...values, ...before.values },
  ...((errors ?? before.errors) && { errors: { ...errors, ...before.errors } }),
});

/** The history up to a step, with more values that were measured at it. */
export function withMeasured({ measured, refused }: History, more: More): History {
  const { step } = more;
  const before = measured.filter((each) => each.step < step);
  const there = measured.find((each) => each.step === step) ?? { step, values: {}, losses: {} };
  return { step, measured: [...before, merged(there, more)], refused };
}

/** The history of a run with these events. */
export function historyOf(events: Iterable<RunEvent>): History {
  const keeper = new HistoryKeeper();
  for (const event of events) keeper.add(event);
  return keeper.history;
}
