/**
 * The samples that G makes with its current weights, shown beside those of the averaged weights. They are
 * requested only while they are on show, one request at a time.
 */
import { toFailure, type Api, type Failure } from '#main/contract/index.ts';
import type { SampleGrid } from './samples.svelte.ts';

export class CurrentSamples {
  /** Whether the person wants to see them. */
  isOn = $state(false);
  /** The newest answer; undefined if the run has no averaged weights, and so no other samples. */
  grid = $state.raw<SampleGrid | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly #api: Api;
  #busy = false;
  /** Step of the samples beside which they are shown; undefined if no request is due. */
  #wanted: number | undefined;
  /** Number of the run in the trainer; answers about an earlier one are dropped. */
  #generation = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Has them made again, to be shown beside the samples of this step. */
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

  /** Call it when another run is in the trainer. */
  clear(): void {
    this.#generation++;
    this.isOn = false;
    this.grid = undefined;
    this.#wanted = undefined;
    this.failure = undefined;
  }
}
