/** A decoder process with its jobs and its time limit. */
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

/** A picture to be decoded, and how to answer the request for it. */
export type Job = {
  message: ToDecoder;
  settle: { resolve(outcome: Outcome): void; reject(error: StudioError): void };
  /** How many processes have crashed on it. */
  crashes: number;
};

/** A process that does one job after the other. */
export class Worker {
  readonly process: DecoderProcess;
  ready = false;
  /** The current job, and the next. */
  readonly jobs: Job[] = [];
  /** Gives back a large picture's share of the budget. */
  release: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    start: StartDecoder,
    { heard, ended }: { heard: (message: FromDecoder) => void; ended: (code: number) => void },
  ) {
    this.process = start({ onMessage: heard, onEnd: ended });
  }

  /** Calls `expired` if the current job takes longer. */
  watch(milliseconds: number, expired: () => void): void {
    clearTimeout(this.timer);
    const [job] = this.jobs;
    const expire = () => {
      if (this.jobs[0] === job) expired();
    };
    // Two rounds of the event loop first, since an answer may have arrived while this process was blocked.
    this.timer = setTimeout(() => setImmediate(() => setImmediate(expire)), milliseconds);
  }

  /** Ends the watch, and gives back the worker's share of the budget. */
  letGo(): void {
    clearTimeout(this.timer);
    this.release?.();
    this.release = undefined;
  }
}
