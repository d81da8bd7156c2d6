/**
 * The time that measuring may take: a share of the time that training has taken so far. Urgent work may spend
 * the share of the first two minutes in advance, so that problems are reported by then.
 */

const SECONDS_AHEAD = 120;

export class Budget {
  private readonly share: number;
  private readonly trainedSeconds: () => number;
  private readonly clock: () => number;
  private milliseconds = 0;

  /** `trainedSeconds` is the time of training so far, measuring included. */
  constructor({
    share,
    trainedSeconds,
    clock = () => performance.now(),
  }: {
    share: number;
    trainedSeconds: () => number;
    clock?: () => number;
  }) {
    this.share = share;
    this.trainedSeconds = trainedSeconds;
    this.clock = clock;
  }

  /** Seconds that measuring may have taken by now. */
  get seconds(): number {
    return this.share * this.trainedSeconds();
  }

  /** Whether there is time for work that can wait and takes about this many seconds. */
  allows(seconds = 0): boolean {
    return this.spentSeconds + seconds <= this.seconds;
  }

  /** The same for work that is urgent. */
  allowsSoon(seconds = 0): boolean {
    const allowed = this.share * Math.max(this.trainedSeconds(), SECONDS_AHEAD);
    return this.share > 0 && this.spentSeconds + seconds <= allowed;
  }

  /** Seconds that measuring has taken. */
  get spentSeconds(): number {
    return this.milliseconds / 1000;
  }

  /** Does the work and counts its time; `took` is called with it, even if the work throws. */
  spend<Result>(work: () => Result, took?: (seconds: number) => void): Result {
    const start = this.clock();
    try {
      return work();
    } finally {
      const milliseconds = this.clock() - start;
      this.milliseconds += milliseconds;
      took?.(milliseconds / 1000);
    }
  }
}
