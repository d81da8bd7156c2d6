/** The curves of a run by step: the losses of its phases, and the measures of its stabilisers. */
import type { RunEvent, RunHistory } from '#main/contract/index.ts';
import { LossSeries } from './loss-series.ts';

export class RunCurves {
  /** By the name of the phase. */
  readonly losses = new LossSeries();
  /** By the name of the measure, at the same steps. */
  readonly measures = new LossSeries();
  /**
   * Rises with every change of losses and measures, which are not reactive themselves: read it to follow
   * them.
   */
  version = $state(0);
  #changes = 0;
  /** First step whose losses came as an event. */
  #liveFrom = Infinity;

  apply({ step, losses, measures = {} }: Extract<RunEvent, { type: 'losses' }>): void {
    this.losses.add({ step, numbers: losses });
    this.measures.add({ step, numbers: measures });
    this.#liveFrom = Math.min(this.#liveFrom, step);
    this.version = ++this.#changes;
  }

  /** Adds the losses and measures of steps before those that came as events. */
  addPast({ steps, losses, measures }: RunHistory): void {
    this.losses.setPast({ steps, numbers: losses }, this.#liveFrom);
    this.measures.setPast({ steps, numbers: measures }, this.#liveFrom);
    this.version = ++this.#changes;
  }

  /** Drops the numbers of later steps. */
  dropBeyond(step: number): void {
    this.losses.dropBeyond(step);
    this.measures.dropBeyond(step);
    this.version = ++this.#changes;
  }

  /** The last number of each loss that has one. */
  get newest(): Record<string, number> {
    return this.version === 0 ? {} : this.losses.last;
  }
}
