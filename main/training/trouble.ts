/** What the disk refuses a run: reported once, and once more when all of it works again. */
import type { Failure, StudioError } from '../contract/index.ts';
import { refusalInRun } from '../runs/index.ts';

/**
 * The log waits in memory until it can be written; the others are made again the next time. Success with one
 * says nothing of the others: a small file may fit where a large one does not.
 */
export type Written = 'log' | 'samples' | 'checkpoint';

export class Trouble {
  private readonly refused = new Set<Written>();
  /** The remedy that was reported last; undefined while there is no trouble. */
  private reported: string | undefined;

  /** Returns the failure to report; undefined if it has been reported already. */
  begin(what: Written, error: StudioError): Failure | undefined {
    this.refused.add(what);
    const remedy = `${refusalInRun(error).remedy}.`;
    if (this.reported === remedy) return undefined;
    this.reported = remedy;
    const { code, message } = error;
    return { code, message: `${message} Training goes on, and saving is tried again.`, remedy };
  }

  /** Notes a refusal that the state of the run reports. */
  beginUnreported(what: Written): void {
    this.refused.add(what);
  }

  /** This can be written again; returns whether that ends a trouble that was reported. */
  end(what: Written): boolean {
    this.refused.delete(what);
    if (this.refused.size > 0 || this.reported === undefined) return false;
    this.reported = undefined;
    return true;
  }
}
