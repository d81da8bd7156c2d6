/** How a command ends: its exit code, and what is said on standard error. */
import type { Outcome } from './follow.ts';

export const EXIT = { failed: 1, usage: 2, interrupted: 130 } as const;

/** Says how a training ended, and where its run is. */
export function report(outcome: Outcome, folder?: string): void {
  if (outcome === 'interrupted') {
    process.stderr.write(
      `Interrupted. The checkpoint is saved${folder === undefined ? '' : ` in ${folder}`}.\n`,
    );
    process.exitCode = EXIT.interrupted;
  } else if (folder !== undefined) {
    process.stderr.write(`Done. The run is in ${folder}.\n`);
  }
}
