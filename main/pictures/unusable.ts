/**
 * Why a file is left out of a data set: thrown while it is read, and listed in the summary. It is never
 * fatal.
 */
import type { LeftOutReason } from '../contract/index.ts';

/** `message` is the detail that a person sees: the facts in plain language. */
export class Unusable extends Error {
  readonly reason: LeftOutReason;

  constructor(reason: LeftOutReason, detail: string) {
    super(detail);
    this.name = 'Unusable';
    this.reason = reason;
  }
}
