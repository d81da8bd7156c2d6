/** A preview of an export of pictures: at most one request is under way, and the newest is next. */
import {
  toFailure,
  type Api,
  type Failure,
  type ImageBatch,
  type PreviewRequest,
} from '#main/contract/index.ts';

/** The most pictures in a preview, since making them takes time from the run. */
export const MOST_PREVIEWED = 64;

export class SheetPreview {
  images = $state.raw<ImageBatch | undefined>();
  /** The factor by which `images` are already enlarged. */
  scale = $state(1);
  failure = $state.raw<Failure | undefined>();
  readonly #api: Api;
  #wanted: PreviewRequest | undefined;
  #busy = false;
  /**
   * Number of the run in the trainer. Answers about an earlier one are dropped; a view that reads it requests
   * again.
   */
  generation = $state(0);

  constructor(api: Api) {
    this.#api = api;
  }

  ask(request: PreviewRequest): void {
    this.#wanted = request;
    if (!this.#busy) void this.#serve();
  }

  clear(): void {
    this.generation++;
    this.#wanted = undefined;
    this.images = undefined;
    this.failure = undefined;
  }

  async #serve(): Promise<void> {
    this.#busy = true;
    while (this.#wanted) {
      const wanted = this.#wanted;
      const generation = this.generation;
      this.#wanted = undefined;
      try {
        const images = await this.#api.call('export.preview', wanted);
        if (generation !== this.generation) continue;
        this.images = images;
        this.scale = wanted.scale ?? 1;
        this.failure = undefined;
      } catch (error) {
        if (generation === this.generation) this.failure = toFailure(error);
      }
    }
    this.#busy = false;
  }
}
