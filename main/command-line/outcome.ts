/** How a command ends: its exit code, and what is said. */
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

/** Says how a training ended, and where its run is. */
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

/** Says where the result lies, on standard output; a program that reads it is given the path as it is. */
export function tellPlace(place: string): void {
  process.stdout.write(`${process.stdout.isTTY ? forTerminal(place) : place}\n`);
}

/** The failure that an error is: what the file system refuses unforeseen is told in words, too. */
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

/** Says where an export lies, on standard output, and what running it showed, on standard error; a check that failed is the program's exit code. */
export function tellExport(exported: Exported): void {
  tellPlace(exported.folder);
  process.stderr.write(`${checkWords(exported)}\n`);
  if (exported.check && 'failure' in exported.check) process.exitCode = EXIT.failed;
}
