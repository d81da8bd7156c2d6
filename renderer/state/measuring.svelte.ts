/** How good the generator in the trainer is, measured when the person asks. */
import {
  toFailure,
  type Api,
  type Failure,
  type MeasuredQuality,
  type StudioEvent,
} from '#main/contract/index.ts';

const CANCELLED = 'cancelled';

export class Measuring {
  /** Whether it is on show. */
  isShown = $state(false);
  busy = $state(false);
  /** The part that is done, from 0 to 1; undefined until the first word of it. */
  fraction = $state<number | undefined>();
  result = $state.raw<MeasuredQuality | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly #api: Api;
  /** Of the run: what is answered of an earlier one is dropped. */
  #generation = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Shows what was measured of this step; measures it first where that has not been done. */
  async show(step: number): Promise<void> {
    this.isShown = true;
    if (this.busy || this.result?.step === step) return;
    const generation = this.#generation;
    this.busy = true;
    this.fraction = undefined;
    this.result = undefined;
    this.failure = undefined;
    try {
      const result = await this.#api.call('run.measure', {});
      if (generation === this.#generation) this.result = result;
    } catch (error) {
      const failure = toFailure(error);
      if (generation !== this.#generation) return;
      if (failure.code === CANCELLED) this.isShown = false;
      else this.failure = failure;
    } finally {
      this.busy = false;
    }
  }

  apply({ done, total }: Extract<StudioEvent, { type: 'measuring' }>): void {
    if (this.busy && total > 0) this.fraction = Math.min(1, done / total);
  }

  /** What is under way is given up. */
  async close(): Promise<void> {
    this.isShown = false;
    if (!this.busy) return;
    try {
      await this.#api.call('run.stopMeasuring', {});
    } catch {
      // The measuring itself says what became of it.
    }
  }

  /** Another run is in the trainer, or this one has gone on. */
  clear(): void {
    this.#generation++;
    this.isShown = false;
    this.result = undefined;
    this.failure = undefined;
  }
}
