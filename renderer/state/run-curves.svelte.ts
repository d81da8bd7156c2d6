/**
 * The curves of a run, step by step: the losses of its phases, and what stabilisers measured of themselves.
 */
import type { RunEvent, RunHistory } from '#main/contract/index.ts';
import { LossSeries } from './loss-series.ts';

export class RunCurves {
  /** By phase. */
  readonly losses = new LossSeries();
  /** What stabilisers told of themselves, of the same steps. */
  readonly measures = new LossSeries();
  /** Changes with every change of losses or measures: read it to be told of them. */
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

  /** Those before the ones that came as events. */
  addPast({ steps, losses, measures }: RunHistory): void {
    this.losses.setPast({ steps, numbers: losses }, this.#liveFrom);
    this.measures.setPast({ steps, numbers: measures }, this.#liveFrom);
    this.version = ++this.#changes;
  }

  /** Forgets what came after this step. */
  dropBeyond(step: number): void {
    this.losses.dropBeyond(step);
    this.measures.dropBeyond(step);
    this.version = ++this.#changes;
  }

  /** The last number of each loss, as far as there are any. */
  get newest(): Record<string, number> {
    return this.version === 0 ? {} : this.losses.last;
  }
}
