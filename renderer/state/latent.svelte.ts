/**
 * The walk between two random points A and B; at most one request is under way, and the newest position is
 * next.
 */
import {
  toFailure,
  type Api,
  type Failure,
  type ImageBatch,
  type Interpolation,
} from '#main/contract/index.ts';

export type End = 'from' | 'to';

export const STRIP = Array.from({ length: 8 }, (_, i) => i / 7);

export class Latent {
  from = $state(randomSeed());
  to = $state(randomSeed());
  walk = $state<Interpolation['walk']>('spherical');
  /**
   * Place in the run's classes of the one that the images are of; says nothing to a generator that is not
   * told classes.
   */
  classOf = $state(0);
  position = $state(0.5);
  playing = $state(false);
  /** The image at `position`, or at the position before it while the new one is being made. */
  image = $state.raw<ImageBatch | undefined>();
  /** Eight images from A to B, both included. */
  strip = $state.raw<ImageBatch | undefined>();
  failure = $state.raw<Failure | undefined>();

  readonly #api: Api;
  #stale = { image: false, strip: false };
  #busy = false;

  constructor(api: Api) {
    this.#api = api;
  }

  moveTo(position: number): void {
    this.position = Math.min(1, Math.max(0, position));
    this.#stale.image = true;
    void this.#serve();
  }

  setSeed(end: End, seed: number): void {
    this[end] = seed;
    this.refresh();
  }

  shuffle(end: End): void {
    this.setSeed(end, randomSeed());
  }

  setWalk(walk: Interpolation['walk']): void {
    this.walk = walk;
    this.refresh();
  }

  setClass(place: number): void {
    this.classOf = place;
    this.refresh();
  }

  /** Makes every image anew, after a change of the points or of the generator. */
  refresh(): void {
    this.#stale = { image: true, strip: true };
    void this.#serve();
  }

  /** Forgets the images of a run that is no longer the current one. */
  clear(): void {
    this.image = undefined;
    this.strip = undefined;
    this.failure = undefined;
    this.playing = false;
    this.classOf = 0;
  }

  async #serve(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#stale.image || this.#stale.strip) {
        const wantsStrip = this.#stale.strip;
        this.#stale = { image: false, strip: false };
        await this.#draw(wantsStrip ? [this.position, ...STRIP] : [this.position]);
      }
    } catch (error) {
      this.#stale = { image: false, strip: false };
      this.failure = toFailure(error);
      this.playing = false;
    } finally {
      this.#busy = false;
    }
  }

  async #draw(positions: number[]): Promise<void> {
    const { from, to, walk, classOf } = this;
    const images = await this.#api.call('latent.interpolate', { from, to, walk, positions, class: classOf });
    this.image = slice(images, 0, 1);
    if (images.count > 1) this.strip = slice(images, 1, images.count);
    this.failure = undefined;
  }
}

/** Images [start, end) of a batch, as a view. */
export function slice(images: ImageBatch, start: number, end: number): ImageBatch {
  const stride = images.size * images.size * images.channels;
  return { ...images, count: end - start, pixels: images.pixels.subarray(start * stride, end * stride) };
}

function randomSeed(): number {
  return Math.floor(Math.random() * 1_000_000);
}
