/** What the disk refuses a run: told once, and once more when all of it works again. */
import type { Failure, StudioError } from '../contract/index.ts';
import { refusalInRun } from '../runs/index.ts';

/**
 * The log waits in memory until it can be written; the others are made anew the next time. Each tells of itself alone:
 * a small file may find the room that a large one does not.
 */
export type Written = 'log' | 'samples' | 'checkpoint';

export class Trouble {
  private readonly refused = new Set<Written>();
  /** The remedy that was told last; undefined while there is no trouble. */
  private reported: string | undefined;

  /** Answers what to tell: undefined where it is known already. */
  begin(what: Written, error: StudioError): Failure | undefined {
    this.refused.add(what);
    const remedy = `${refusalInRun(error).remedy}.`;
    if (this.reported === remedy) return undefined;
    this.reported = remedy;
    const { code, message } = error;
    return { code, message: `${message} Training goes on, and saving is tried again.`, remedy };
  }

  /** The state of the run tells of it from here on. */
  beginUnreported(what: Written): void {
    this.refused.add(what);
  }

  /** This can be written again; answers whether that ends a trouble that was told. */
  end(what: Written): boolean {
    this.refused.delete(what);
    if (this.refused.size > 0 || this.reported === undefined) return false;
    this.reported = undefined;
    return true;
  }
}
