/**
 * The walk between two points A and B, random ones, those of samples or those of pictures; at most one
 * request is under way, and the newest position is next.
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

export const STRIP = Array.from({ length: 9 }, (_, i) => i / 8);

export class Latent {
  readonly ends: Readonly<Record<End, EndOfWalk>>;
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
  /** The end that files were last dropped on; undefined where they fell beside both. */
  droppedOn: End | undefined;

  readonly #api: Api;
  readonly #can: (use: UseName) => boolean;
  #stale = { image: false, strip: false };
  #busy = false;
  /** Of the run: what is answered of an earlier one is dropped. */
  #generation = 0;
  /** The end that a picture was meant for last. */
  #newest: End = 'to';

  /** @param given `can`: whether the GAN of the run in the trainer has this use */
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

  /** Makes the end a random point, of this seed or, without one, of the seed that it had before a picture. */
  setSeed(end: End, seed?: number): void {
    this.ends[end].takeSeed(seed);
    this.#redraw();
  }

  shuffle(end: End): void {
    this.setSeed(end, randomSeed());
  }

  /** Makes the point of a picture the end; where it cannot be used, the end says so and stays as it was. */
  async setPicture(end: End, path: string): Promise<void> {
    this.#newest = end;
    if (await this.ends[end].takePicture(path)) this.#redraw();
  }

  /** Asks for a picture; nothing changes when the person cancels. */
  async choosePicture(end: End): Promise<void> {
    try {
      const { path } = await this.#api.call('latent.choosePicture', {});
      if (path !== null) await this.setPicture(end, path);
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Takes pictures that were dropped: two become A and B; one becomes the end below it, or the next one. */
  takeDropped([first, second]: readonly string[]): void {
    if (first === undefined || !this.takesPictures) return;
    if (second === undefined) void this.setPicture(this.droppedOn ?? this.#next(), first);
    else {
      void this.setPicture('from', first);
      void this.setPicture('to', second);
    }
    this.droppedOn = undefined;
  }

  /** The numbers of a point of the run in the trainer; null for a sample that is no generated picture. */
  pointAt(end: WalkEnd): Promise<CommandOutput<'latent.point'>> {
    return this.#api.call('latent.point', { end });
  }

  /** Makes A the point of a sample, and shows what the generator makes of it now. */
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

  setClass(place: number): void {
    this.classOf = place;
    this.#redraw();
  }

  /** Makes every image anew, after a change of the networks. */
  refresh(): void {
    if (this.takesPictures) for (const end of ENDS) void this.ends[end].follow();
    this.#redraw();
  }

  /** Forgets the images of a run that is no longer the current one. */
  clear(): void {
    this.#generation++;
    this.image = undefined;
    this.strip = undefined;
    this.failure = undefined;
    this.playing = false;
    this.classOf = 0;
    for (const end of ENDS) this.ends[end].forget();
  }

  /** Pictures are of no use to a run without an encoder; its walk is between seeds and samples. */
  get #points(): Record<End, WalkEnd> {
    const { from, to } = this.ends;
    if (this.takesPictures) return { from: from.point, to: to.point };
    return { from: from.pointWithoutPicture, to: to.pointWithoutPicture };
  }

  /** The first end that is no picture; when both are, the one whose picture was taken longer ago. */
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

/** Images [start, end) of a batch, as a view. */
export function slice(images: ImageBatch, start: number, end: number): ImageBatch {
  const stride = images.size * images.size * images.channels;
  return { ...images, count: end - start, pixels: images.pixels.subarray(start * stride, end * stride) };
}
