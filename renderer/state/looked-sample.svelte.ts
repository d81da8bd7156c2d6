/** The sample that is shown enlarged, with its latent point; the person can go on to its neighbours. */
import { toFailure, type CommandOutput, type Failure } from '#main/contract/index.ts';
import type { Samples } from './samples.svelte.ts';

/** The latent point of a sample; null if the sample was not made of one. */
export type SamplePoint = CommandOutput<'latent.point'>;

export class LookedSample {
  /** Index in the grid; undefined while no sample is shown enlarged. */
  place = $state<number | undefined>();
  /** Undefined until it is read, and if the run is not the one in the trainer. */
  point = $state.raw<SamplePoint | undefined>();
  failure = $state.raw<Failure | undefined>();

  readonly #samples: Samples;
  readonly #pointAt: (place: number) => Promise<SamplePoint | undefined>;
  /** Number of the newest request; answers to earlier ones are dropped. */
  #ticket = 0;

  /** `pointAt` reads the latent point of a sample; undefined if the run is not the one in the trainer. */
  constructor({
    samples,
    pointAt,
  }: {
    samples: Samples;
    pointAt: (place: number) => Promise<SamplePoint | undefined>;
  }) {
    this.#samples = samples;
    this.#pointAt = pointAt;
  }

  look(place: number): void {
    if (!this.#isThere(place)) return;
    this.place = place;
    void this.#readPoint(place);
  }

  canTurn(by: number): boolean {
    return this.place !== undefined && this.#isThere(this.place + by);
  }

  /** Shows the next sample, or the one before. */
  turn(by: 1 | -1): void {
    if (this.place !== undefined && this.canTurn(by)) this.look(this.place + by);
  }

  close(): void {
    this.#ticket++;
    this.place = undefined;
    this.point = undefined;
    this.failure = undefined;
  }

  #isThere(place: number): boolean {
    return place >= 0 && place < (this.#samples.grid?.images.count ?? 0);
  }

  /** Reads the latent point of a sample, which is the same at every step. */
  async #readPoint(place: number): Promise<void> {
    const ticket = ++this.#ticket;
    this.point = undefined;
    this.failure = undefined;
    try {
      const point = await this.#pointAt(place);
      if (ticket === this.#ticket) this.point = point;
    } catch (error) {
      if (ticket === this.#ticket) this.failure = toFailure(error);
    }
  }
}
