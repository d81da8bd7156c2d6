/**
 * The samples as G's current weights make them, beside those of the averaged ones: asked for only while
 * somebody looks at them, one question at a time.
 */
import { toFailure, type Api, type Failure } from '#main/contract/index.ts';
import type { SampleGrid } from './samples.svelte.ts';

export class CurrentSamples {
  /** Whether the person wants to see them. */
  isOn = $state(false);
  /** The newest that came; undefined where they are those of the averaged weights. */
  grid = $state.raw<SampleGrid | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly #api: Api;
  #busy = false;
  /** Step of the samples beside which they are to stand. */
  #wanted: number | undefined;
  /** Of the run: what is answered of an earlier one is dropped. */
  #generation = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Has them made anew, to stand beside the samples of this step. */
  async refresh(step: number): Promise<void> {
    this.#wanted = step;
    if (this.#busy) return;
    this.#busy = true;
    while (this.#wanted !== undefined) {
      const wanted = this.#wanted;
      const generation = this.#generation;
      this.#wanted = undefined;
      try {
        const images = await this.#api.call('run.currentSamples', {});
        if (generation !== this.#generation) continue;
        this.grid = images ? { step: wanted, images } : undefined;
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
    this.grid = undefined;
    this.#wanted = undefined;
    this.failure = undefined;
  }
}
