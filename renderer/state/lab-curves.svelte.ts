/**
 * The lab's curves: losses and distance over the steps since its restart, with marks where settings changed.
 */
import type { LabFrame } from '#main/contract/index.ts';
import type { ChartEvent } from '../parts/chart-events.ts';
import { withMark } from './lab-changes.ts';
import { LossSeries } from './loss-series.ts';

export class LabCurves {
  losses = new LossSeries();
  distances = new LossSeries();
  /** Changes of settings, at the steps at which they were made. */
  changes = $state.raw<readonly ChartEvent[]>([]);
  /** Rises when the curves are to be drawn again; the series themselves are not reactive. */
  version = $state(0);
  /** Steps by the trainer's count, which begins again from 0 when the optimiser does. */
  #step = 0;
  /** Steps before that count last began. */
  #earlier = 0;

  /** Steps since the restart. */
  get steps(): number {
    return this.#earlier + this.#step;
  }

  /** The newest distance; undefined until there is one. */
  get distance(): number | undefined {
    return this.distances.column('distance').at(-1);
  }

  restart(): void {
    this.losses = new LossSeries();
    this.distances = new LossSeries();
    this.changes = [];
    this.#step = this.#earlier = 0;
  }

  /** Adds the distance in the frame, and the newest loss of each phase. */
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

  /** Marks a change, unless the curves have no step yet; `step`: the trainer's count after it. */
  mark({ text, step }: { text: string; step: number }): void {
    const x = this.steps;
    if (x > 0) this.changes = withMark(this.changes, { x, text });
    this.#step = step;
    this.#earlier = x - step;
  }

  /** Has the curves drawn as they are now. */
  show(): void {
    this.version += 1;
  }
}
