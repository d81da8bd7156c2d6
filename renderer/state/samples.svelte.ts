/**
 * The sample grids of a run: each one's step is known; images beyond the budget are forgotten, and read again
 * when asked for.
 */
import { toFailure, type Failure, type ImageBatch } from '#main/contract/index.ts';
import { ImageCache } from './image-cache.ts';

export type SampleGrid = { step: number; images: ImageBatch };
type Read = (step: number) => Promise<ImageBatch>;

/** Memory that the images of one run may take, in bytes. */
const BUDGET = 64 * 1024 * 1024;

export class Samples {
  /** Steps of all grids, rising. */
  steps = $state.raw<readonly number[]>([]);
  /** The grid on show; while another one is being read, the one before it. */
  grid = $state.raw<SampleGrid | undefined>();
  /** Step of an earlier grid that is to stay on show; undefined follows the newest. */
  pinned = $state<number | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly newest = $derived(this.steps.at(-1));
  /** Place in `steps` of what is to be on show, -1 when there is nothing. */
  readonly index = $derived(
    this.pinned === undefined ? this.steps.length - 1 : this.steps.indexOf(this.pinned),
  );

  readonly #read: Read;
  readonly #kept: ImageCache;
  #reading = false;

  constructor({ read, budget = BUDGET }: { read: Read; budget?: number }) {
    this.#read = read;
    this.#kept = new ImageCache(budget);
  }

  /**
   * A grid that has just come; one of a step seen before replaces it and what came after. Without images, as
   * a newer one follows, it is read when it is looked at.
   */
  add({ step, images }: { step: number; images?: ImageBatch | undefined }): void {
    this.dropBeyond(step - 1);
    this.steps = [...this.steps, step];
    if (!images) return;
    this.#kept.put(step, images);
    if (this.pinned !== undefined) return;
    this.grid = { step, images };
    this.failure = undefined;
  }

  /** Steps of grids from the run's folder, read when they are looked at. */
  addPast(steps: readonly number[]): void {
    this.steps = [...steps, ...this.steps]
      .sort((a, b) => a - b)
      .filter((step, place, all) => step !== all[place - 1]);
    void this.#show();
  }

  /** Shows the grid at this place in `steps`; the last place follows the newest. */
  showAt(index: number): void {
    this.pinned = index >= this.steps.length - 1 ? undefined : this.steps[index];
    void this.#show();
  }

  /** Shows the grid of the step that lies nearest to this one; the last one follows the newest. */
  showNearest(step: number): void {
    const nearest = nearestPlace(this.steps, step);
    if (nearest !== undefined) this.showAt(nearest);
  }

  canGo(by: number): boolean {
    return this.steps[this.index + by] !== undefined;
  }

  /** Shows the grid after the one that is wanted now, or the one before. */
  go(by: 1 | -1): void {
    if (this.canGo(by)) this.showAt(this.index + by);
  }

  /** Forgets the grids after this step. */
  dropBeyond(step: number): void {
    if ((this.newest ?? -1) <= step) return;
    this.steps = this.steps.filter((each) => each <= step);
    this.#kept.dropBeyond(step);
    if (this.pinned !== undefined && this.pinned > step) this.pinned = undefined;
    if (this.grid && this.grid.step > step) {
      this.grid = undefined;
      void this.#show();
    }
  }

  /** Reads until the grid that is wanted by then is on show: at most one read is under way. */
  async #show(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    let wanted: number | undefined;
    try {
      while ((wanted = this.steps[this.index]) !== undefined && wanted !== this.grid?.step) {
        const images = this.#kept.get(wanted) ?? (await this.#read(wanted));
        if (!this.steps.includes(wanted)) continue;
        this.#kept.put(wanted, images);
        this.grid = { step: wanted, images };
        this.failure = undefined;
      }
    } catch (error) {
      this.failure = toFailure(error);
    } finally {
      this.#reading = false;
    }
    if (this.failure && this.steps[this.index] !== wanted) await this.#show();
  }
}

/** The place of the number nearest to `wanted` in rising ones, of the smaller one where two are as near. */
export function nearestPlace(rising: readonly number[], wanted: number): number | undefined {
  let nearest: number | undefined;
  let least = Infinity;
  rising.forEach((number, place) => {
    const distance = Math.abs(number - wanted);
    if (distance >= least) return;
    least = distance;
    nearest = place;
  });
  return nearest;
}

/** A step as a person types it, such as "1,200"; undefined if it is not a number. */
export function typedStep(text: string): number | undefined {
  const digits = text.replaceAll(/[\s,']/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}
