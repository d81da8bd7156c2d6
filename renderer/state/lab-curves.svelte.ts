/**
 * The lab's curves: losses and distance over the steps since the restart, with marks where settings were
 * changed.
 */
import type { LabFrame } from '#main/contract/index.ts';
import type { ChartEvent } from '../parts/chart-events.ts';
import { withMark } from './lab-changes.ts';
import { LossSeries } from './loss-series.ts';

export class LabCurves {
  losses = new LossSeries();
  distances = new LossSeries();
  /** Settings that were changed while it played, at the step at which they were. */
  changes = $state.raw<readonly ChartEvent[]>([]);
  /** Rises when there is more in the series. */
  version = $state(0);
  /**
   * Steps by the lab's own count, and those from before the optimiser last began anew, and the count with it.
   */
  #step = 0;
  #earlier = 0;

  /** Steps since the restart. */
  get steps(): number {
    return this.#earlier + this.#step;
  }

  /** The newest one; undefined until there is one. */
  get distance(): number | undefined {
    return this.distances.column('distance').at(-1);
  }

  restart(): void {
    this.losses = new LossSeries();
    this.distances = new LossSeries();
    this.changes = [];
    this.#step = this.#earlier = 0;
  }

  /** Adds the newest loss of each phase in the frame, and the distance. */
  add({ step: own, losses, distance }: LabFrame): void {
    this.#step = own;
    const step = this.steps;
    if (losses.length > 0)
      this.losses.add({
        step,
        numbers: Object.assign({}, ...losses.map((each) => each.losses)) as Record<string, number>,
      });
    if (distance !== undefined) this.distances.add({ step, numbers: { distance } });
  }

  /** Marks what was changed, unless the curves have not begun; `step`: where the lab's own count is now. */
  mark({ text, step }: { text: string; step: number }): void {
    const x = this.steps;
    if (x > 0) this.changes = withMark(this.changes, { x, text });
    this.#step = step;
    this.#earlier = x - step;
  }

  /** Has them drawn as they are now. */
  show(): void {
    this.version += 1;
  }
}
