/** Reports how a command ends: its exit code and its messages. */
import {
  checkWords,
  systemCause,
  systemCode,
  toFailure,
  type Exported,
  type Failure,
} from '../contract/index.ts';
import { forTerminal } from './for-terminal.ts';
import type { Outcome } from './follow.ts';

export const EXIT = { failed: 1, usage: 2, interrupted: 130 } as const;

/** Prints how the training ended, and where its run is. */
export function report(outcome: Outcome, folder?: string): void {
  if (outcome === 'interrupted') {
    process.stderr.write(
      `Interrupted. The checkpoint is saved${folder === undefined ? '' : ` in ${forTerminal(folder)}`}.\n`,
    );
    process.exitCode = EXIT.interrupted;
  } else if (folder !== undefined) {
    process.stderr.write(`Done. The run is in ${forTerminal(folder)}.\n`);
  }
}

/** Prints the path of a result on standard output; unescaped, unless that is a terminal. */
export function printPlace(place: string): void {
  process.stdout.write(`${process.stdout.isTTY ? forTerminal(place) : place}\n`);
}

/** An error as a failure; an unforeseen error of the file system is put in words. */
export function failureOf(error: unknown): Failure {
  const failure = toFailure(error);
  const isSystems = failure.code === 'unexpected' && /^E[A-Z0-9]+$/.test(systemCode(error) ?? '');
  if (!isSystems || !(error instanceof Error)) return failure;
  const place = 'path' in error && typeof error.path === 'string' ? error.path : 'A file';
  return {
    code: failure.code,
    message: `${place} could not be used: ${systemCause(error)}.`,
    remedy: 'Fix that, then try again.',
  };
}

/**
 * Prints the path of an export on standard output, and the result of its check on standard error; a failed
 * check sets the exit code.
 */
export function printExport(exported: Exported): void {
  printPlace(exported.folder);
  process.stderr.write(`${checkWords(exported)}\n`);
  if (exported.check && 'failure' in exported.check) process.exitCode = EXIT.failed;
}
