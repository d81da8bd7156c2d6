/**
 * One end of the latent walk: the latent point of a seed, that of a sample, or the one that the run's encoder
 * finds for a picture.
 */
import { toFailure, type Failure, type ImageBatch, type WalkEnd } from '#main/contract/index.ts';

/**
 * A picture file; `images`: the picture as the networks see it, then its rebuilding, once the run has made
 * them.
 */
export type EndPicture = { path: string; images: ImageBatch | undefined };

/** Makes the two images of a picture; undefined from a run that cannot rebuild. Throws StudioError. */
type Rebuild = (picture: string) => Promise<ImageBatch | undefined>;

export class EndOfWalk {
  /** The seed of the point; kept while a sample or a picture is the end. */
  seed = $state(randomSeed());
  /** Index of the sample, in the run's sample grids, whose point is the end. */
  sample = $state<number | undefined>();
  picture = $state.raw<EndPicture | undefined>();
  /** File of the picture that is being read to become this end. */
  reading = $state<string | undefined>();
  /** Why the picture in `of` could not be used; the end stays what it was. */
  trouble = $state.raw<{ of: string; failure: Failure } | undefined>();

  readonly #rebuild: Rebuild;
  /** Number of the newest choice; answers about earlier ones are dropped. */
  #ticket = 0;
  #following = false;
  #again = false;

  constructor(rebuild: Rebuild) {
    this.#rebuild = rebuild;
  }

  /** The end as commands take it. */
  get point(): WalkEnd {
    return this.picture ? { picture: this.picture.path } : this.pointWithoutPicture;
  }

  /** The end for a run without an encoder, which cannot use a picture. */
  get pointWithoutPicture(): WalkEnd {
    return this.sample === undefined ? { seed: this.seed } : { sample: this.sample };
  }

  /** Makes the point of a seed the end; by default that of the seed before. */
  takeSeed(seed = this.seed): void {
    this.seed = seed;
    this.sample = undefined;
    this.picture = undefined;
    this.#startAnew();
  }

  /** Makes the point of a sample of the run the end. */
  takeSample(index: number): void {
    this.sample = index;
    this.picture = undefined;
    this.#startAnew();
  }

  /** Resolves to whether the picture has become the end; if it cannot be used, `trouble` says why. */
  async takePicture(path: string): Promise<boolean> {
    const ticket = this.#startAnew();
    this.reading = path;
    try {
      const images = await this.#rebuild(path);
      if (ticket !== this.#ticket) return false;
      this.picture = { path, images };
      this.sample = undefined;
      return true;
    } catch (error) {
      if (ticket === this.#ticket) this.trouble = troubleWith(path, error);
      return false;
    } finally {
      if (ticket === this.#ticket) this.reading = undefined;
    }
  }

  /** Has the picture rebuilt again after a change of the networks, with at most one request at a time. */
  async follow(): Promise<void> {
    this.#again = true;
    if (this.#following) return;
    this.#following = true;
    while (this.#again) {
      this.#again = false;
      await this.#rebuildAnew();
    }
    this.#following = false;
  }

  /** Forgets what belongs to the run before: the sample, and the images of the picture. */
  forget(): void {
    this.#startAnew();
    this.sample = undefined;
    if (this.picture) this.picture = { path: this.picture.path, images: undefined };
  }

  #startAnew(): number {
    this.reading = undefined;
    this.trouble = undefined;
    return ++this.#ticket;
  }

  async #rebuildAnew(): Promise<void> {
    const { picture } = this;
    if (!picture) return;
    const { path } = picture;
    try {
      const images = await this.#rebuild(path);
      if (this.picture !== picture) return;
      this.picture = { path, images };
      if (this.trouble?.of === path) this.trouble = undefined;
    } catch (error) {
      if (this.picture === picture) this.trouble = troubleWith(path, error);
    }
  }
}

/** The name of a file without its folder. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function troubleWith(path: string, error: unknown): { of: string; failure: Failure } {
  const failure = toFailure(error);
  // The box of an end is narrow, and the person has just chosen the file.
  return { of: path, failure: { ...failure, message: failure.message.replaceAll(path, fileName(path)) } };
}

export function randomSeed(): number {
  return Math.floor(Math.random() * 1_000_000);
}
