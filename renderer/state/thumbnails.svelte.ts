/**
 * Thumbnails of runs: a few images of the newest sample grid, read when they come into sight, a few at a
 * time.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Api, ImageBatch } from '#main/contract/index.ts';
import { rebuiltRows } from './sample-words.ts';

type Wanted = { folder: string; step: number };

/** The most grids that are read at a time. */
const AT_ONCE = 2;
/** Images in a thumbnail. */
const IMAGES = 4;

export class Thumbnails {
  readonly #api: Api;
  readonly #kept = new SvelteMap<string, { step: number; images: ImageBatch }>();
  readonly #waiting = new SvelteMap<string, number>();
  /**
   * The step that was last requested, by folder, so that one that cannot be read is not requested again and
   * again.
   */
  readonly #asked = new SvelteMap<string, number>();
  #reading = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The images of a run that have been read, which may be of an earlier step. */
  of(folder: string): ImageBatch | undefined {
    return this.#kept.get(folder)?.images;
  }

  want({ folder, step }: Wanted): void {
    if (this.#asked.get(folder) === step) return;
    this.#asked.set(folder, step);
    this.#waiting.set(folder, step);
    this.#read();
  }

  #read(): void {
    for (const [folder, step] of this.#waiting) {
      if (this.#reading >= AT_ONCE) return;
      this.#waiting.delete(folder);
      this.#reading++;
      void this.#readOne({ folder, step });
    }
  }

  async #readOne({ folder, step }: Wanted): Promise<void> {
    try {
      const sheet = await this.#api.call('runs.samples', { folder, step });
      this.#kept.set(folder, { step, images: firstOf(sheet) });
    } catch {
      // The run is shown without a thumbnail; its samples, when they are opened, say why.
    } finally {
      this.#reading--;
      this.#read();
    }
  }
}

/**
 * The first images that the generator made from latent points, copied so that the whole grid is not kept in
 * memory.
 */
function firstOf(sheet: ImageBatch): ImageBatch {
  const start = 2 * rebuiltRows(sheet) * (sheet.columns ?? 1);
  const made = sheet.count - start;
  const count = made >= IMAGES ? IMAGES : Math.min(1, made);
  const stride = sheet.size * sheet.size * sheet.channels;
  return { ...sheet, count, pixels: sheet.pixels.slice(start * stride, (start + count) * stride) };
}
