/** Asks a process every few seconds whether it still answers, and notices when it does not. */

/** Milliseconds of silence. */
export type Patience = {
  /** After which the person is told. */
  tell: number;
  /** After which the process is taken to hang. */
  end: number;
};

type HeartbeatInput = {
  patience: Patience;
  /** Asks the process for a sign of life. */
  ask: () => void;
  /** It has been silent for long. */
  silent: () => void;
  /** It hangs; no further request is sent. */
  hung: () => void;
  clock?: () => number;
};

/** So many times it is asked before the person is told. */
const TIMES = 12;

export class Heartbeat {
  private readonly given: HeartbeatInput;
  private readonly clock: () => number;
  private readonly interval: number;
  private timer: NodeJS.Timeout | undefined;
  private askedAt = 0;
  private silence = 0;
  private hasReported = false;

  constructor(given: HeartbeatInput) {
    this.given = given;
    this.clock = given.clock ?? (() => performance.now());
    this.interval = given.patience.tell / TIMES;
  }

  /** Begins anew. */
  start(): void {
    this.stop();
    this.answered();
    this.askedAt = this.clock();
    this.given.ask();
    this.timer = setInterval(() => this.beat(), this.interval);
  }

  /** The process said something. */
  answered(): void {
    this.silence = 0;
    this.hasReported = false;
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private beat(): void {
    const { patience, ask, silent, hung } = this.given;
    const now = this.clock();
    const passed = now - this.askedAt;
    this.askedAt = now;
    // What is longer, this process stood still as well: the computer slept, or everything was stopped.
    this.silence += Math.min(passed, 2 * this.interval);
    if (this.silence >= patience.end) {
      this.stop();
      hung();
      return;
    }
    if (this.silence >= patience.tell && !this.hasReported) {
      this.hasReported = true;
      silent();
    }
    ask();
  }
}
