/** Images by step, within a budget of memory: the least recently put ones are dropped first. */
import type { ImageBatch } from '#main/contract/index.ts';

export class ImageCache {
  readonly #budget: number;
  /** Least recently put first. */
  readonly #kept = new Map<number, ImageBatch>();

  /** @param budget bytes */
  constructor(budget: number) {
    this.#budget = budget;
  }

  get(step: number): ImageBatch | undefined {
    return this.#kept.get(step);
  }

  /**
   * Keeps these images or, if they are kept already, makes them the newest. Drops the oldest beyond the budget,
   * but never these.
   */
  put(step: number, images: ImageBatch): void {
    this.#kept.delete(step);
    this.#kept.set(step, images);
    let bytes = 0;
    for (const each of this.#kept.values()) bytes += each.pixels.length;
    for (const [oldest, each] of this.#kept) {
      if (bytes <= this.#budget || oldest === step) return;
      this.#kept.delete(oldest);
      bytes -= each.pixels.length;
    }
  }

  /** Drops the images of later steps. */
  dropBeyond(step: number): void {
    for (const each of this.#kept.keys()) if (each > step) this.#kept.delete(each);
  }
}
