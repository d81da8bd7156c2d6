/**
 * The best checkpoint of a run, by the metric that its settings choose. Until a checkpoint has a score by
 * that metric, the distance to the data decides.
 */
import type { BestCheckpoint, RunEvent } from '../contract/index.ts';
import { METRICS } from '../metrics/index.ts';
import type { Run } from '../runs/index.ts';

type BestInput = {
  run: Run;
  say: (event: RunEvent) => void;
  /** The run's step, for the event. */
  step: () => number;
};

export class BestSoFar {
  private readonly given: BestInput;

  constructor(given: BestInput) {
    this.given = given;
  }

  /** The best checkpoint by the chosen metric; undefined while none is known. */
  get byChosen(): BestCheckpoint | undefined {
    const { run } = this.given;
    const best = run.best();
    return best?.metric === run.config.measuring.best ? best : undefined;
  }

  /**
   * Makes this checkpoint the best, unless a better one has been measured. Throws StudioError `not-written`.
   */
  offer(candidate: BestCheckpoint): void {
    const best = this.given.run.best();
    const isStandIn = candidate.metric !== this.given.run.config.measuring.best;
    if (isStandIn && this.byChosen) return;
    if (best?.metric !== candidate.metric || best.step === candidate.step || isBetter(candidate, best))
      this.set(candidate);
  }

  /** Throws StudioError `not-written`. */
  set(best: BestCheckpoint): void {
    const { run, say, step } = this.given;
    const before = run.best();
    run.setBest(best);
    if (before?.step !== best.step || before.metric !== best.metric)
      say({ type: 'best', step: step(), best });
  }

  /** The run has gone back to this step: a best checkpoint beyond it counts no longer. */
  goBack(step: number): void {
    const { run } = this.given;
    if ((run.best()?.step ?? 0) > step) run.forgetBestCheckpoint();
  }
}

/** Whether the candidate scores better, by the metric of both. */
export function isBetter(candidate: BestCheckpoint, than: BestCheckpoint): boolean {
  const isUp = METRICS.find(({ kind }) => kind === candidate.metric)?.better === 'up';
  return isUp ? candidate.value > than.value : candidate.value < than.value;
}

/** Whether the scores differ by less than the standard error of their difference. */
export function isClose(one: BestCheckpoint, other: BestCheckpoint): boolean {
  return Math.abs(one.value - other.value) < Math.hypot(one.error ?? 0, other.error ?? 0);
}
