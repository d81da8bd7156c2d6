/**
 * A few images that each run's generator made for its newest sample grid; read when they come into sight, few
 * at a time.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Api, ImageBatch } from '#main/contract/index.ts';
import { rebuiltRows } from './sample-words.ts';

type Wanted = { folder: string; step: number };

const AT_ONCE = 2;
/** Images that a thumbnail shows. */
const IMAGES = 4;

export class Thumbnails {
  readonly #api: Api;
  readonly #kept = new SvelteMap<string, { step: number; images: ImageBatch }>();
  readonly #waiting = new SvelteMap<string, number>();
  /** Step that was last asked for, so that one that cannot be read is not asked for again and again. */
  readonly #asked = new SvelteMap<string, number>();
  #reading = 0;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The images at hand, which may be of an earlier step. */
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
      // A run without a readable picture is shown without one; looking at its samples tells why.
    } finally {
      this.#reading--;
      this.#read();
    }
  }
}

/** A copy, so that the whole sheet is not kept. Pictures of the data, and the same rebuilt, are left out. */
function firstOf(sheet: ImageBatch): ImageBatch {
  const start = 2 * rebuiltRows(sheet) * (sheet.columns ?? 1);
  const made = sheet.count - start;
  const count = made >= IMAGES ? IMAGES : Math.min(1, made);
  const stride = sheet.size * sheet.size * sheet.channels;
  return { ...sheet, count, pixels: sheet.pixels.slice(start * stride, (start + count) * stride) };
}
