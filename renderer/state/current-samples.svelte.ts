/**
 * The samples as G's current weights make them, beside those of the averaged ones: asked for only while somebody
 * looks at them, one question at a time.
 */
import { toFailure, type Api, type Failure, type ImageBatch } from '#main/contract/index.ts';

export class CurrentSamples {
  /** Whether the person wants to see them. */
  isOn = $state(false);
  images = $state.raw<ImageBatch | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly #api: Api;
  #busy = false;
  #isStale = false;
  /** Of the run: what is answered of an earlier one is dropped. */
  #generation = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Has them made anew: the weights have changed. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    if (this.#busy) return;
    this.#busy = true;
    while (this.#isStale) {
      this.#isStale = false;
      const generation = this.#generation;
      try {
        const images = await this.#api.call('run.currentSamples', {});
        if (generation !== this.#generation) continue;
        this.images = images ?? undefined;
        this.failure = undefined;
      } catch (error) {
        if (generation === this.#generation) this.failure = toFailure(error);
      }
    }
    this.#busy = false;
  }

  /** Another run is in the trainer. */
  clear(): void {
    this.#generation++;
    this.isOn = false;
    this.images = undefined;
    this.failure = undefined;
  }
}
