/**
 * How much time measuring may take: a share of that which training has taken so far. What can't wait may spend the share
 * of the first two minutes ahead: by then an illness is to be said.
 */

const SECONDS_AHEAD = 120;

export class Budget {
  private readonly share: number;
  private readonly trainedSeconds: () => number;
  private readonly clock: () => number;
  private milliseconds = 0;

  /** `trainedSeconds` is all that training has taken, measuring included. */
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

  /** What measuring may have taken by now. */
  get seconds(): number {
    return this.share * this.trainedSeconds();
  }

  /** Whether there is time for work that can wait and takes about so long. */
  allows(seconds = 0): boolean {
    return this.spentSeconds + seconds <= this.seconds;
  }

  /** The same of work that tells more the sooner it is done. */
  allowsSoon(seconds = 0): boolean {
    const allowed = this.share * Math.max(this.trainedSeconds(), SECONDS_AHEAD);
    return this.share > 0 && this.spentSeconds + seconds <= allowed;
  }

  /** What measuring has taken. */
  get spentSeconds(): number {
    return this.milliseconds / 1000;
  }

  /** Does this work, counts what it takes, and says so. */
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
