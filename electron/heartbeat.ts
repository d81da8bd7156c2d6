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
  /** Called once when it has been silent for `patience.tell`. */
  silent: () => void;
  /** Called when it has been silent for `patience.end`; nothing is asked after that. */
  hung: () => void;
  clock?: () => number;
};

/** How often it is asked before the person is told. */
const TIMES = 12;

export class Heartbeat {
  private readonly input: HeartbeatInput;
  private readonly clock: () => number;
  private readonly interval: number;
  private timer: NodeJS.Timeout | undefined;
  private askedAt = 0;
  private silence = 0;
  private hasReported = false;

  constructor(input: HeartbeatInput) {
    this.input = input;
    this.clock = input.clock ?? (() => performance.now());
    this.interval = input.patience.tell / TIMES;
  }

  /** Starts, or starts again. */
  start(): void {
    this.stop();
    this.answered();
    this.askedAt = this.clock();
    this.input.ask();
    this.timer = setInterval(() => this.beat(), this.interval);
  }

  /** To be called for every message of the process. */
  answered(): void {
    this.silence = 0;
    this.hasReported = false;
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private beat(): void {
    const { patience, ask, silent, hung } = this.input;
    const now = this.clock();
    const passed = now - this.askedAt;
    this.askedAt = now;
    // During a longer gap this process stood still too: the computer slept, or everything was stopped.
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
