/**
 * The sample that is looked at large: it goes to its neighbours and through the steps, and knows its latent
 * point.
 */
import { toFailure, type CommandOutput, type Failure } from '#main/contract/index.ts';
import type { Samples } from './samples.svelte.ts';

/** Null for what no latent point was made into. */
export type SamplePoint = CommandOutput<'latent.point'>;

export class LookedSample {
  /** In the grid, counted from 0; undefined while none is looked at. */
  place = $state<number | undefined>();
  /** Undefined until it is known, and where nobody can be asked. */
  point = $state.raw<SamplePoint | undefined>();
  failure = $state.raw<Failure | undefined>();

  readonly #samples: Samples;
  readonly #pointAt: (place: number) => Promise<SamplePoint | undefined>;
  /** Of the newest question: answers to those before it are dropped. */
  #ticket = 0;

  /** @param given `pointAt`: undefined where the run is not the one in the trainer */
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

  /** Looks at the neighbour. */
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

  /** The point of a place is the same in every step. */
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
