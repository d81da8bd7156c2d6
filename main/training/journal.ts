/**
 * The one writer of a run's event log: events go into the run folder and, those that matter, into its text
 * log.
 */
import { StudioError, type RunEvent } from '../contract/index.ts';
import type { RunLog } from '../log.ts';
import type { Run } from '../runs/index.ts';

export class Journal {
  private readonly run: Run;
  private readonly log: RunLog | undefined;

  constructor(run: Run, log?: RunLog) {
    this.run = run;
    this.log = log;
  }

  /**
   * Writes the event down, and answers it with the warning of a disk that refuses it: it waits in memory
   * then, and is tried again with the next one.
   */
  write(event: RunEvent): RunEvent[] {
    const trouble = attempt(event.step, () => this.run.log(event));
    const told = trouble ? [event, trouble] : [event];
    for (const each of told) this.log?.event(each);
    return told;
  }

  /** What is still in memory goes to the disk. Throws StudioError `not-written`. */
  flush(): void {
    this.run.flush();
  }

  error(error: unknown): void {
    this.log?.error(error);
  }
}

/** What the disk refuses, as a warning; anything else is thrown. */
export function attempt(step: number, action: () => void): RunEvent | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'not-written') throw error;
    const { code, message, remedy } = error;
    return { type: 'warning', step, failure: { code, message: `${message} Training goes on.`, remedy } };
  }
}
