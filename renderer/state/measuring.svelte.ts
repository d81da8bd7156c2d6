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
  #underWay: Promise<void> | undefined;
  /** While a cancelled measurement has not ended. */
  #ending: Promise<void> | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Shows what was measured of this step; measures it first where that has not been done. */
  async show(step: number): Promise<void> {
    this.isShown = true;
    // What was called off a moment ago ends first.
    if (this.#ending) await this.#ending;
    if (!this.isShown || this.busy || this.result?.step === step) return;
    this.busy = true;
    this.fraction = undefined;
    this.result = undefined;
    this.failure = undefined;
    this.#underWay = this.#measure();
    await this.#underWay;
  }

  async #measure(): Promise<void> {
    const generation = this.#generation;
    try {
      const result = await this.#api.call('run.measure', {});
      if (generation === this.#generation) this.result = result;
    } catch (error) {
      const failure = toFailure(error);
      if (generation !== this.#generation) return;
      if (failure.code !== CANCELLED) this.failure = failure;
      else if (!this.#ending) this.isShown = false;
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
    if (!this.busy || this.#ending) return;
    this.#ending = this.#stop();
    await this.#ending;
    this.#ending = undefined;
  }

  /** Until the measuring itself has said what became of it. */
  async #stop(): Promise<void> {
    await this.#api.call('run.stopMeasuring', {}).catch(() => undefined);
    await this.#underWay;
  }

  /** Another run is in the trainer, or this one has gone on. */
  clear(): void {
    this.#generation++;
    this.isShown = false;
    this.result = undefined;
    this.failure = undefined;
  }
}
