/**
 * The sample grids of a run: the steps of all, and the images of those that fit into a budget of memory;
 * others are read again when they are shown.
 */
import { toFailure, type Failure, type ImageBatch } from '#main/contract/index.ts';
import { ImageCache } from './image-cache.ts';

export type SampleGrid = { step: number; images: ImageBatch };
/** Reads the grid of a step from the run's folder. */
type Read = (step: number) => Promise<ImageBatch>;

/** The most memory that the images of one run may take, in bytes. */
const BUDGET = 64 * 1024 * 1024;

export class Samples {
  /** Steps of all grids, rising. */
  steps = $state.raw<readonly number[]>([]);
  /** The grid on show, until the one that is to be shown has been read. */
  grid = $state.raw<SampleGrid | undefined>();
  /** Step of an earlier grid that stays on show; undefined follows the newest. */
  pinned = $state<number | undefined>();
  failure = $state.raw<Failure | undefined>();
  readonly newest = $derived(this.steps.at(-1));
  /** Index in `steps` of the grid that is to be shown, or -1 if there is none. */
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
   * Adds a grid that came as an event; if its step is not beyond the newest, it replaces all from that step
   * on. A grid without images, which the app leaves out when a newer one follows, is read when it is shown.
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

  /** Adds the steps of the grids in the run's folder, which are read when they are shown. */
  addPast(steps: readonly number[]): void {
    this.steps = [...steps, ...this.steps]
      .sort((a, b) => a - b)
      .filter((step, index, all) => step !== all[index - 1]);
    void this.#show();
  }

  /** Shows the grid at this index of `steps`; the last one follows the newest. */
  showAt(index: number): void {
    this.pinned = index >= this.steps.length - 1 ? undefined : this.steps[index];
    void this.#show();
  }

  /** Shows the grid of the nearest step; the last one follows the newest. */
  showNearest(step: number): void {
    const nearest = indexOfNearest(this.steps, step);
    if (nearest !== undefined) this.showAt(nearest);
  }

  canGo(by: number): boolean {
    return this.steps[this.index + by] !== undefined;
  }

  /** Shows the next grid, or the one before. */
  go(by: 1 | -1): void {
    if (this.canGo(by)) this.showAt(this.index + by);
  }

  /** Drops the grids of later steps. */
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

  /** Reads grids, one at a time, until the one that is to be shown then is on show. */
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

/**
 * Index of the number nearest to `wanted`, of the smaller one if two are equally near; undefined if there are
 * none.
 */
export function indexOfNearest(rising: readonly number[], wanted: number): number | undefined {
  let nearest: number | undefined;
  let least = Infinity;
  rising.forEach((number, index) => {
    const distance = Math.abs(number - wanted);
    if (distance >= least) return;
    least = distance;
    nearest = index;
  });
  return nearest;
}

/** A step as a person types it, such as "1,200"; undefined if it is not a whole number. */
export function typedStep(text: string): number | undefined {
  const digits = text.replaceAll(/[\s,']/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}
