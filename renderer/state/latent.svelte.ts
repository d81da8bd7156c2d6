/**
 * The latent walk between two points A and B, which are random, those of samples or those of pictures. At
 * most one request is under way, and the newest position is next.
 */
import {
  toFailure,
  type Api,
  type CommandOutput,
  type Failure,
  type ImageBatch,
  type Interpolation,
  type UseName,
  type WalkEnd,
} from '#main/contract/index.ts';
import { EndOfWalk, randomSeed } from './end-of-walk.svelte.ts';

export type End = 'from' | 'to';
const ENDS = ['from', 'to'] as const;

/** Positions of the images of the strip, from A (0) to B (1). */
export const STRIP = Array.from({ length: 9 }, (_, i) => i / 8);

export class Latent {
  readonly ends: Readonly<Record<End, EndOfWalk>>;
  walk = $state<Interpolation['walk']>('spherical');
  /** Number of the class of the images, from 0; without an effect on a generator that has no classes. */
  classOf = $state(0);
  /** Where the walk is, from A (0) to B (1). */
  position = $state(0.5);
  playing = $state(false);
  /** The image at `position`; while it is being made, the one at the position before. */
  image = $state.raw<ImageBatch | undefined>();
  /** Nine images from A to B, both included. */
  strip = $state.raw<ImageBatch | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** The end that files were last dropped on; undefined if they were dropped beside both. */
  droppedOn: End | undefined;

  readonly #api: Api;
  readonly #can: (use: UseName) => boolean;
  /** What has to be made again. */
  #stale = { image: false, strip: false };
  #busy = false;
  /** Number of the run in the trainer; answers about an earlier one are dropped. */
  #generation = 0;
  /** The end for which a picture was last chosen. */
  #newest: End = 'to';

  /** `can`: whether the GAN of the run in the trainer has this use. */
  constructor({ api, can }: { api: Api; can: (use: UseName) => boolean }) {
    this.#api = api;
    this.#can = can;
    const rebuild = async (picture: string) =>
      can('rebuild') ? api.call('latent.rebuild', { picture }) : undefined;
    this.ends = { from: new EndOfWalk(rebuild), to: new EndOfWalk(rebuild) };
  }

  /** Whether pictures can be ends. */
  get takesPictures(): boolean {
    return this.#can('encode');
  }

  moveTo(position: number): void {
    this.position = Math.min(1, Math.max(0, position));
    this.#stale.image = true;
    void this.#serve();
  }

  /**
   * Makes the point of a seed an end; without one, that of the seed that the end had before a picture or a
   * sample.
   */
  setSeed(end: End, seed?: number): void {
    this.ends[end].takeSeed(seed);
    this.#redraw();
  }

  shuffle(end: End): void {
    this.setSeed(end, randomSeed());
  }

  /** Makes the point of a picture an end; if it cannot be used, the end says why and stays as it was. */
  async setPicture(end: End, path: string): Promise<void> {
    this.#newest = end;
    if (await this.ends[end].takePicture(path)) this.#redraw();
  }

  /** Lets the person choose a picture for an end; nothing changes if they cancel. */
  async choosePicture(end: End): Promise<void> {
    try {
      const { path } = await this.#api.call('latent.choosePicture', {});
      if (path !== null) await this.setPicture(end, path);
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /**
   * Takes dropped pictures: two become A and B; one becomes the end that it was dropped on, or else the next
   * end.
   */
  takeDropped([first, second]: readonly string[]): void {
    if (first === undefined || !this.takesPictures) return;
    if (second === undefined) void this.setPicture(this.droppedOn ?? this.#next(), first);
    else {
      void this.setPicture('from', first);
      void this.setPicture('to', second);
    }
    this.droppedOn = undefined;
  }

  /** The latent point of an end, in the run in the trainer; null for a sample that was not made of one. */
  pointAt(end: WalkEnd): Promise<CommandOutput<'latent.point'>> {
    return this.#api.call('latent.point', { end });
  }

  /** Makes the point of a sample A, and shows what the generator now makes of it. */
  exploreFrom(sample: number, classOf = this.classOf): void {
    this.playing = false;
    this.classOf = classOf;
    this.position = 0;
    this.ends.from.takeSample(sample);
    this.#redraw();
  }

  setWalk(walk: Interpolation['walk']): void {
    this.walk = walk;
    this.#redraw();
  }

  setClass(index: number): void {
    this.classOf = index;
    this.#redraw();
  }

  /** Makes every image again, after a change of the networks. */
  refresh(): void {
    if (this.takesPictures) for (const end of ENDS) void this.ends[end].follow();
    this.#redraw();
  }

  /** Forgets what belongs to the run before. */
  clear(): void {
    this.#generation++;
    this.image = undefined;
    this.strip = undefined;
    this.failure = undefined;
    this.playing = false;
    this.classOf = 0;
    for (const end of ENDS) this.ends[end].forget();
  }

  /** The ends as commands take them; without an encoder, those of seeds and samples only. */
  get #points(): Record<End, WalkEnd> {
    const { from, to } = this.ends;
    if (this.takesPictures) return { from: from.point, to: to.point };
    return { from: from.pointWithoutPicture, to: to.pointWithoutPicture };
  }

  /** The first end without a picture; if both have one, the end whose picture was chosen earlier. */
  #next(): End {
    const free = ENDS.find((end) => !this.ends[end].picture && this.ends[end].reading === undefined);
    return free ?? (this.#newest === 'from' ? 'to' : 'from');
  }

  #redraw(): void {
    this.#stale = { image: true, strip: true };
    void this.#serve();
  }

  async #serve(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const generation = this.#generation;
    try {
      while (this.#stale.image || this.#stale.strip) {
        const wantsStrip = this.#stale.strip;
        this.#stale = { image: false, strip: false };
        await this.#draw(wantsStrip ? [this.position, ...STRIP] : [this.position]);
      }
    } catch (error) {
      if (generation === this.#generation) {
        this.#stale = { image: false, strip: false };
        this.failure = toFailure(error);
        this.playing = false;
      }
    } finally {
      this.#busy = false;
    }
    if (generation !== this.#generation && (this.#stale.image || this.#stale.strip)) await this.#serve();
  }

  async #draw(positions: number[]): Promise<void> {
    const { from, to } = this.#points;
    const { walk, classOf } = this;
    const generation = this.#generation;
    const images = await this.#api.call('latent.interpolate', { from, to, walk, positions, class: classOf });
    if (generation !== this.#generation) return;
    this.image = slice(images, 0, 1);
    if (images.count > 1) this.strip = slice(images, 1, images.count);
    this.failure = undefined;
  }
}

/** Images [start, end) of a batch, as a view of its bytes. */
export function slice(images: ImageBatch, start: number, end: number): ImageBatch {
  const stride = images.size * images.size * images.channels;
  return { ...images, count: end - start, pixels: images.pixels.subarray(start * stride, end * stride) };
}
