/** The sample that is shown enlarged, with its latent point; the person can go on to its neighbours. */
import { toFailure, type CommandOutput, type Failure } from '#main/contract/index.ts';
import type { Samples } from './samples.svelte.ts';

/** The latent point of a sample; null if the sample was not made of one. */
export type SamplePoint = CommandOutput<'latent.point'>;

export class LookedSample {
  /** Index in the grid; undefined while no sample is shown enlarged. */
  index = $state<number | undefined>();
  /** Undefined until it is read, and if the run is not the one in the trainer. */
  point = $state.raw<SamplePoint | undefined>();
  failure = $state.raw<Failure | undefined>();

  readonly #samples: Samples;
  readonly #pointAt: (index: number) => Promise<SamplePoint | undefined>;
  /** Number of the newest request; answers to earlier ones are dropped. */
  #ticket = 0;

  /** `pointAt` reads the latent point of a sample; undefined if the run is not the one in the trainer. */
  constructor({
    samples,
    pointAt,
  }: {
    samples: Samples;
    pointAt: (index: number) => Promise<SamplePoint | undefined>;
  }) {
    this.#samples = samples;
    this.#pointAt = pointAt;
  }

  look(index: number): void {
    if (!this.#isThere(index)) return;
    this.index = index;
    void this.#readPoint(index);
  }

  canTurn(by: number): boolean {
    return this.index !== undefined && this.#isThere(this.index + by);
  }

  /** Shows the next sample, or the one before. */
  turn(by: 1 | -1): void {
    if (this.index !== undefined && this.canTurn(by)) this.look(this.index + by);
  }

  close(): void {
    this.#ticket++;
    this.index = undefined;
    this.point = undefined;
    this.failure = undefined;
  }

  #isThere(index: number): boolean {
    return index >= 0 && index < (this.#samples.grid?.images.count ?? 0);
  }

  /** Reads the latent point of a sample, which is the same at every step. */
  async #readPoint(index: number): Promise<void> {
    const ticket = ++this.#ticket;
    this.point = undefined;
    this.failure = undefined;
    try {
      const point = await this.#pointAt(index);
      if (ticket === this.#ticket) this.point = point;
    } catch (error) {
      if (ticket === this.#ticket) this.failure = toFailure(error);
    }
  }
}
