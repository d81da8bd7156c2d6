/** The quality of a run's generator: its scores by step, the yardsticks, and the best checkpoint. */
import {
  scoresFrom,
  type BestCheckpoint,
  type MetricEntry,
  type RunEvent,
  type RunHistory,
  type Score,
  type Yardsticks,
} from '#main/contract/index.ts';

/** The scores of one step, by the kind of metric. */
export type MeasuredStep = { step: number; scores: Readonly<Record<string, Score>> };

type Measures = Pick<Extract<RunEvent, { type: 'measures' }>, 'step' | 'of' | 'values' | 'errors'>;
type QualityEvent = Extract<RunEvent, { type: 'measures' | 'yardsticks' | 'best' }>;

export class RunQuality {
  /** In the order of their steps. */
  rows = $state.raw<readonly MeasuredStep[]>([]);
  yardsticks = $state.raw<Yardsticks>({});
  best = $state.raw<BestCheckpoint | undefined>();

  apply(event: QualityEvent): void {
    if (event.type === 'measures') this.add(event);
    else if (event.type === 'yardsticks') this.yardsticks = event.scores;
    else this.best = event.best;
  }

  /** Adds scores to those of the step `of` that was measured, which may be earlier than `step`. */
  add({ step, of = step, values, errors = {} }: Measures): void {
    this.#merge([{ step: of, scores: scoresFrom(values, errors) }]);
  }

  /** Adds what the run's folder has; what came as events is newer and stays. May be called more than once. */
  addPast({ metrics, yardsticks, best }: Pick<RunHistory, 'metrics' | 'yardsticks' | 'best'>): void {
    const rowAt = (columns: Record<string, Float32Array>, index: number): Record<string, number> =>
      Object.fromEntries(
        Object.entries(columns)
          .map(([kind, column]) => [kind, column[index] ?? NaN] as const)
          .filter(([, value]) => !Number.isNaN(value)),
      );
    const live = this.rows;
    this.#merge(
      [...metrics.steps].map((step, index) => ({
        step,
        scores: scoresFrom(rowAt(metrics.values, index), rowAt(metrics.errors, index)),
      })),
    );
    this.#merge(live);
    this.yardsticks = { ...yardsticks, ...this.yardsticks };
    this.best ??= best;
  }

  /** Drops the scores of later steps, and the best checkpoint if it is of one. */
  dropBeyond(step: number): void {
    this.rows = this.rows.filter((row) => row.step <= step);
    if (this.best && this.best.step > step) this.best = undefined;
  }

  /** Whether there is a score of this metric. */
  has(kind: string): boolean {
    return this.rows.some(({ scores }) => scores[kind]);
  }

  /** The newest score of each metric that has one. */
  get newest(): Record<string, Score> {
    return Object.assign({}, ...this.rows.map(({ scores }) => scores)) as Record<string, Score>;
  }

  /** The best finite score of a metric, with its step; undefined if there is none. */
  bestBy({ kind, better }: Pick<MetricEntry, 'kind' | 'better'>): (Score & { step: number }) | undefined {
    let best: (Score & { step: number }) | undefined;
    for (const { step, scores } of this.rows) {
      const score = scores[kind];
      if (!score || !Number.isFinite(score.value)) continue;
      const isBetter = !best || (better === 'down' ? score.value < best.value : score.value > best.value);
      if (isBetter) best = { step, ...score };
    }
    return best;
  }

  #merge(rows: readonly MeasuredStep[]): void {
    const merged = [...this.rows];
    for (const { step, scores } of rows) {
      const index = merged.findIndex((row) => row.step === step);
      if (index < 0) merged.push({ step, scores });
      else merged[index] = { step, scores: { ...merged[index]?.scores, ...scores } };
    }
    this.rows = merged.sort((one, other) => one.step - other.step);
  }
}
