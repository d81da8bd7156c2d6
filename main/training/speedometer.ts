/**
 * Images per second of a run, sample grids and checkpoints counted, and the time in which nobody asked for a
 * step left out.
 */

const WINDOW = 50;

export class Speedometer {
  private readonly batch: number;
  private readonly durations: number[] = [];
  private lastLap = performance.now();
  private leftOut = 0;
  private shown = 0;
  private total = 0;

  constructor(batch: number) {
    this.batch = batch;
  }

  /** Call after each step. */
  lap(): void {
    const now = performance.now();
    const duration = now - this.lastLap - this.leftOut;
    this.lastLap = now;
    this.leftOut = 0;
    this.total += duration;
    this.durations.push(duration);
    if (this.durations.length > WINDOW) this.durations.shift();
  }

  /** So many milliseconds of this lap were no training. */
  leaveOut(milliseconds: number): void {
    this.leftOut += milliseconds;
  }

  /** True once per so many milliseconds: time to tell. */
  due(milliseconds: number): boolean {
    const now = performance.now();
    if (now - this.shown < milliseconds) return false;
    this.shown = now;
    return true;
  }

  /** Spent training. */
  get seconds(): number {
    return this.total / 1000;
  }

  /** Over the last few steps; 0 until the first. */
  get imagesPerSecond(): number {
    if (this.durations.length === 0) return 0;
    return (
      (this.batch * 1000 * this.durations.length) /
      this.durations.reduce((sum, duration) => sum + duration, 0)
    );
  }
}
