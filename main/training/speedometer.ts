/** Images per second over the last few seconds of training; time in which nobody asked for a step does not count. */

const WINDOW = 50;
/** A longer gap between two steps was a pause. */
const PAUSE_FACTOR = 5;

export class Speedometer {
  private readonly batch: number;
  private readonly durations: number[] = [];
  private last = performance.now();
  private shown = 0;

  constructor(batch: number) {
    this.batch = batch;
  }

  /** Call after each step. */
  step(): void {
    const now = performance.now();
    const duration = now - this.last;
    this.last = now;
    const usual = this.millisecondsPerStep;
    if (this.durations.length >= 5 && duration > PAUSE_FACTOR * usual + 1000) return;
    this.durations.push(duration);
    if (this.durations.length > WINDOW) this.durations.shift();
  }

  /** True once per so many milliseconds: time to tell. */
  due(milliseconds: number): boolean {
    if (this.last - this.shown < milliseconds) return false;
    this.shown = this.last;
    return true;
  }

  /** 0 until the first step. */
  get imagesPerSecond(): number {
    return this.durations.length === 0 ? 0 : (this.batch * 1000) / this.millisecondsPerStep;
  }

  private get millisecondsPerStep(): number {
    return this.durations.reduce((sum, duration) => sum + duration, 0) / Math.max(1, this.durations.length);
  }
}
