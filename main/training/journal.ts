/**
 * The one writer of a run's event log: events go into the run folder and, those that matter, into its text
 * log. It reports what the disk refuses, and when that is over.
 */
import { StudioError, type RunEvent } from '../contract/index.ts';
import type { RunLog } from './run-log.ts';
import type { Run } from '../runs/index.ts';
import { withFiniteNumbers } from './finite.ts';
import { Trouble, type Written } from './trouble.ts';

export class Journal {
  private readonly run: Run;
  private readonly log: RunLog | undefined;
  private readonly trouble = new Trouble();
  private hasEnded = false;

  constructor(run: Run, log?: RunLog) {
    this.run = run;
    this.log = log;
  }

  /**
   * Logs the event, without numbers that are NaN or infinite. Returns it, with events about the disk behind
   * it. An event that the disk refuses waits in memory and is tried again with the next one.
   */
  write(reported: RunEvent): RunEvent[] {
    const event = withFiniteNumbers(reported);
    this.log?.event(event);
    const { step } = event;
    const refused = refusalOf(() => this.run.log(event));
    if (refused) return [event, ...this.refusedLog(step, refused)];
    return this.run.isLogged ? [event, ...this.works('log', step)] : [event];
  }

  /**
   * Writes a file of the run, and returns events about the disk. Once training is over, a refusal is thrown.
   */
  attempt(what: Written, step: number, action: () => void): RunEvent[] {
    const refused = refusalOf(action);
    if (!refused) return this.works(what, step);
    if (this.hasEnded) {
      this.trouble.beginUnreported(what);
      throw refused;
    }
    const failure = this.trouble.begin(what, refused);
    return failure ? this.write({ type: 'warning', step, failure }) : [];
  }

  /** Training is over: from here on a refusal makes no warning, since the state of the run reports it. */
  end(): void {
    this.hasEnded = true;
  }

  /** Writes what is still in memory to the disk. Throws StudioError `not-written`. */
  flush(): void {
    this.run.flush();
  }

  error(error: unknown): void {
    this.log?.error(error);
  }

  private refusedLog(step: number, refused: StudioError): RunEvent[] {
    if (this.hasEnded) this.trouble.beginUnreported('log');
    const failure = this.hasEnded ? undefined : this.trouble.begin('log', refused);
    return failure ? this.write({ type: 'warning', step, failure }) : [];
  }

  private works(what: Written, step: number): RunEvent[] {
    return this.trouble.end(what) ? this.write({ type: 'trouble-over', step, code: 'not-written' }) : [];
  }
}

/**
 * Codes of failures when, during training, something else was put in the place of a part of the run, such as
 * a link.
 */
const IN_THE_WAY = ['run-unsafe', 'run-damaged'];

/**
 * Does the action. If the disk refuses it, or something is in the way, returns a StudioError `not-written`;
 * anything else is thrown.
 */
export function refusalOf(action: () => void): StudioError | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    const { code, message, remedy } = error;
    if (code === 'not-written') return error;
    if (IN_THE_WAY.includes(code)) return new StudioError({ code: 'not-written', message, remedy });
    throw error;
  }
}
