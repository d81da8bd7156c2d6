/** How much time measuring may take: a share of that which training has taken so far. */

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

  /** Whether there is time to measure something that can wait. */
  get allowsMore(): boolean {
    return this.spentSeconds <= this.seconds;
  }

  /** What measuring has taken. */
  get spentSeconds(): number {
    return this.milliseconds / 1000;
  }

  /** Does this work, and counts what it takes. */
  spend<Result>(work: () => Result): Result {
    const start = this.clock();
    try {
      return work();
    } finally {
      this.milliseconds += this.clock() - start;
    }
  }
}
