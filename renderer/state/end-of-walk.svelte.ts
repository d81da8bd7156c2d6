/**
 * One end of the walk through the latent space: the point that a seed names, that of a sample, or the one
 * that the run's encoder finds for a picture.
 */
import { toFailure, type Failure, type ImageBatch, type WalkEnd } from '#main/contract/index.ts';

/** A file, and the picture in it as the networks see it beside its rebuilding, once the run has made them. */
export type EndPicture = { path: string; images: ImageBatch | undefined };

/** The two images of a picture; undefined from a run that cannot rebuild. Throws StudioError. */
type Rebuild = (picture: string) => Promise<ImageBatch | undefined>;

export class EndOfWalk {
  /** Kept while a sample or a picture is the end. */
  seed = $state(randomSeed());
  /** Place in the run's sample grids of the sample whose point it is, counted from 0. */
  sample = $state<number | undefined>();
  picture = $state.raw<EndPicture | undefined>();
  /** File of the picture that is being read, to become this end. */
  reading = $state<string | undefined>();
  /** Why the picture in `of` could not be used; the end stays what it was. */
  trouble = $state.raw<{ of: string; failure: Failure } | undefined>();

  readonly #rebuild: Rebuild;
  /** Of the newest question: answers to those before it are dropped. */
  #ticket = 0;
  #following = false;
  #again = false;

  constructor(rebuild: Rebuild) {
    this.#rebuild = rebuild;
  }

  /** What the trainer is asked for. */
  get point(): WalkEnd {
    return this.picture ? { picture: this.picture.path } : this.pointWithoutPicture;
  }

  /** The same of a run that has no encoder. */
  get pointWithoutPicture(): WalkEnd {
    return this.sample === undefined ? { seed: this.seed } : { sample: this.sample };
  }

  /** Goes to the point of a seed, of the one before where none is given. */
  takeSeed(seed = this.seed): void {
    this.seed = seed;
    this.sample = undefined;
    this.picture = undefined;
    this.#startAnew();
  }

  /** Goes to the point of a sample of the run. */
  takeSample(place: number): void {
    this.sample = place;
    this.picture = undefined;
    this.#startAnew();
  }

  /** Answers true when the picture has become the end; when it cannot be used, `trouble` says why. */
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

  /** Has the picture rebuilt anew, after a change of the networks; at most one request is under way. */
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

  /** Forgets what belongs to another run: its sample, and what it made of the picture. */
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
