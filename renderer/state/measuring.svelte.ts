/** Measures how good the generator in the trainer is when the person asks for it, in a dialog. */
import {
  toFailure,
  type Api,
  type Failure,
  type MeasuredQuality,
  type StudioEvent,
} from '#main/contract/index.ts';

const CANCELLED = 'cancelled';

export class Measuring {
  /** Whether the dialog is open. */
  isShown = $state(false);
  busy = $state(false);
  /** The fraction that is done, from 0 to 1; undefined until the first event on it. */
  fraction = $state<number | undefined>();
  result = $state.raw<MeasuredQuality | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly #api: Api;
  /** Number of the run in the trainer; answers about an earlier one are dropped. */
  #generation = 0;
  #underWay: Promise<void> | undefined;
  /** Resolves once a cancelled measurement has ended. */
  #ending: Promise<void> | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Opens the dialog with what was measured of this step, and measures it first if need be. */
  async show(step: number): Promise<void> {
    this.isShown = true;
    // A measurement that was cancelled a moment ago has to end first.
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

  /** Closes the dialog, and cancels a measurement that is under way. */
  async close(): Promise<void> {
    this.isShown = false;
    if (!this.busy || this.#ending) return;
    this.#ending = this.#stop();
    await this.#ending;
    this.#ending = undefined;
  }

  /** Cancels the measurement, and waits until it has ended. */
  async #stop(): Promise<void> {
    await this.#api.call('run.stopMeasuring', {}).catch(() => undefined);
    await this.#underWay;
  }

  /** Call it when another run is in the trainer, or this one has gone on. */
  clear(): void {
    this.#generation++;
    this.isShown = false;
    this.result = undefined;
    this.failure = undefined;
  }
}
