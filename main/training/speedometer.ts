/**
 * Measures how fast a run trains, and how long it will still take. It measures each kind of step apart, and
 * apart from steps what is done beside them now and then.
 */

/** The pace is measured over the last WINDOW steps, and over at least the last FEW of each kind of step. */
const WINDOW = 200;
const FEW = 3;
/**
 * The speed has changed if that of the last LATEST steps differs from that of the window by this factor or
 * its inverse.
 */
const LATEST = 30;
const ANOTHER_SPEED = 1.4;
/** A step that took this many times the median of its kind was delayed once, by something else. */
const HELD_UP = 3;

/** What a run still has to do. */
export type RemainingWork = {
  /** How many steps of each kind. */
  steps: Readonly<Record<string, number>>;
  /** How often each kind of work beside the steps, and how many seconds apart at most. */
  beside: Readonly<Record<string, { times: number; everySeconds?: number }>>;
};

type Lap = { number: number; milliseconds: number };

/** Measures one run, without the time in which nobody asked for a step. */
export class Speedometer {
  private readonly batch: number;
  private readonly clock: () => number;
  /** Steps of each kind, without the first, in which TensorFlow prepares its graph. */
  private readonly laps = new Map<string, Lap[]>();
  private readonly beside = new Map<string, number[]>();
  private number = 0;
  private lastLap: number;
  private leftOut = 0;
  private besideSince = 0;
  private shown = -Infinity;
  private total = 0;

  constructor({ batch, clock = () => performance.now() }: { batch: number; clock?: () => number }) {
    this.batch = batch;
    this.clock = clock;
    this.lastLap = clock();
  }

  /** Call after each step; steps of one kind do the same work. */
  lap(kind = 'step'): void {
    const milliseconds = this.passed();
    this.number += 1;
    const laps = this.laps.get(kind);
    if (!laps) {
      this.laps.set(kind, []);
      return;
    }
    laps.push({ number: this.number, milliseconds });
    if (this.number % 10 === 0) this.forgetAnotherSpeed();
    this.forget(WINDOW);
  }

  /**
   * Counts the time since the last step as training, but not towards the speed: after a step that was
   * refused.
   */
  lost(): void {
    this.passed();
  }

  /** Does work that comes now and then, such as a sample grid, and measures it apart from the steps. */
  apart<Result>(name: string, work: () => Result): Result {
    const start = this.clock();
    try {
      return work();
    } finally {
      const milliseconds = this.clock() - start;
      this.besideSince += milliseconds;
      this.beside.set(name, [...(this.beside.get(name) ?? []).slice(-FEW - 1), milliseconds]);
    }
  }

  /** Leaves out this many milliseconds since the last step, which were no training. */
  leaveOut(milliseconds: number): void {
    this.leftOut += milliseconds;
  }

  /** True at most once in this many milliseconds: time for a report. */
  due(milliseconds: number): boolean {
    const now = this.clock();
    if (now - this.shown < milliseconds) return false;
    this.shown = now;
    return true;
  }

  /** Seconds spent training. */
  get seconds(): number {
    return this.total / 1000;
  }

  /** Over the last steps only; 0 until the first. */
  get imagesPerSecond(): number {
    const latest = this.all().filter((lap) => this.isAmong(LATEST, lap));
    if (latest.length > 0) return (this.batch * 1000) / mean(latest.map(({ milliseconds }) => milliseconds));
    return this.number === 0 ? 0 : (this.batch * 1000 * this.number) / this.total;
  }

  /** Seconds that this work will take; undefined until the speed is known. */
  secondsLeft({ steps, beside }: RemainingWork): number | undefined {
    const all = this.all();
    if (all.length < FEW) return undefined;
    const usual = mean(all.map(({ milliseconds }) => milliseconds));
    const training = sum(Object.entries(steps).map(([kind, count]) => count * (this.paceOf(kind) ?? usual)));
    const rest = Object.entries(beside).map(([name, { times, everySeconds = Infinity }]) => {
      const count = Math.max(times, Math.floor(training / 1000 / everySeconds));
      return count * this.costOf(name);
    });
    return (training + sum(rest)) / 1000;
  }

  /** Milliseconds since the last step, of training and nothing beside it. */
  private passed(): number {
    const now = this.clock();
    const training = Math.max(0, now - this.lastLap - this.leftOut);
    const milliseconds = Math.max(0, training - this.besideSince);
    this.total += training;
    this.lastLap = now;
    this.leftOut = 0;
    this.besideSince = 0;
    return milliseconds;
  }

  private all(): Lap[] {
    return [...this.laps.values()].flat();
  }

  /** Whether it is one of the last `count` steps. */
  private isAmong(count: number, lap: Lap): boolean {
    return lap.number > this.number - count;
  }

  /** Keeps the last `count` steps, and the last few of each kind. */
  private forget(count: number): void {
    for (const laps of this.laps.values()) {
      const old = laps.filter((lap) => !this.isAmong(count, lap)).length;
      laps.splice(0, Math.min(old, Math.max(0, laps.length - FEW)));
    }
  }

  /** Forgets the steps before the machine became faster or slower. */
  private forgetAnotherSpeed(): void {
    let [took, wouldHave] = [0, 0];
    for (const [kind, laps] of this.laps) {
      const latest = laps.filter((lap) => this.isAmong(LATEST, lap)).map(({ milliseconds }) => milliseconds);
      if (latest.length === 0) continue;
      took += latest.length * steadyMean(latest);
      wouldHave += latest.length * (this.paceOf(kind) ?? 0);
    }
    const change = took / wouldHave;
    if (change > ANOTHER_SPEED || change < 1 / ANOTHER_SPEED) this.forget(LATEST);
  }

  /** Milliseconds of a step of this kind; undefined until one is measured. */
  private paceOf(kind: string): number | undefined {
    const laps = this.laps.get(kind) ?? [];
    return laps.length === 0 ? undefined : steadyMean(laps.map(({ milliseconds }) => milliseconds));
  }

  /** Milliseconds of what is done beside the steps; 0 until it is measured. The first time takes longer. */
  private costOf(name: string): number {
    const [first = 0, ...rest] = this.beside.get(name) ?? [];
    return rest.length === 0 ? first : steadyMean(rest.slice(-FEW));
  }
}

/**
 * The mean, where values far above the median are cut to a bound, so that one of them does not make an
 * estimate jump.
 */
function steadyMean(values: number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return mean(values.map((value) => Math.min(value, HELD_UP * middle)));
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: number[]): number => sum(values) / values.length;
