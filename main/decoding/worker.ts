/** A decoding process at work, and the jobs that it does. */
import type { StudioError } from '../contract/index.ts';
import type { DecoderProcess, StartDecoder } from './decoder-process.ts';
import type {
  FromDecoder,
  PlainPicture,
  PreparedPicture,
  ToDecoder,
  ViewedPicture,
  WhyLeftOut,
} from './messages.ts';

export type Outcome = PreparedPicture | PlainPicture | ViewedPicture | WhyLeftOut;

/** One picture to be decoded, and who waits for it. */
export type Job = {
  message: ToDecoder;
  settle: { resolve(outcome: Outcome): void; reject(error: StudioError): void };
  /** How often a process has ended over it. */
  crashes: number;
};

/** A process, which does one job after the other. */
export class Worker {
  readonly process: DecoderProcess;
  ready = false;
  /** What it is doing, and what it does next. */
  readonly jobs: Job[] = [];
  /** Gives back what a large picture has taken of the budget. */
  release: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    start: StartDecoder,
    { heard, ended }: { heard: (message: FromDecoder) => void; ended: (code: number) => void },
  ) {
    this.process = start({ onMessage: heard, onEnd: ended });
  }

  /** Calls back when what it is doing takes longer. */
  watch(milliseconds: number, expired: () => void): void {
    clearTimeout(this.timer);
    const [job] = this.jobs;
    const expire = () => {
      if (this.jobs[0] === job) expired();
    };
    // An answer may have come while this process was held up: it is heard before the time counts as over.
    this.timer = setTimeout(() => setImmediate(() => setImmediate(expire)), milliseconds);
  }

  /** Ends the watch, and gives back what it holds of the budget. */
  letGo(): void {
    clearTimeout(this.timer);
    this.release?.();
    this.release = undefined;
  }
}
