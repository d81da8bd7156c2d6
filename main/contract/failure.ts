/** Failures: what went wrong, as a code for programs, the facts, and a remedy that a person can follow. */
import { z } from 'zod';
import { fixSchema, type Fix } from './fix.ts';
import { sentenceOf } from './issue-words.ts';
import { isOutOfMemory, outOfMemory } from './out-of-memory.ts';

// Every process imports this file, so no schema reports a fault in Zod's own words.
z.config({ customError: sentenceOf });

export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  /** The remedy as a change of the settings, where one button can make it. */
  fix: fixSchema.optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/** An error with a code, the facts and a remedy; the only kind that is shown to a person word for word. */
export class StudioError extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly fix: Fix | undefined;

  constructor({ code, message, remedy, fix }: Failure) {
    super(message);
    this.name = 'StudioError';
    this.code = code;
    this.remedy = remedy;
    this.fix = fix;
  }
}

/** How messages begin that Zod has worded itself, such as those of another copy of the library. */
const RAW = /^(Invalid|Too (small|big)|Unrecognized|Expected)\b/i;

/**
 * Turns anything thrown into a failure. If several values do not fit, it names the first. Running out of
 * memory has the code `out-of-memory`; any other unforeseen error keeps its message under the code
 * `unexpected`.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof StudioError) {
    const { code, message, remedy, fix } = error;
    return { code, message, remedy, ...(fix && { fix }) };
  }
  if (error instanceof z.ZodError) {
    const [first] = error.issues;
    return {
      code: 'invalid-input',
      message: first === undefined ? 'The input does not fit.' : sentenceFrom(first),
      remedy: 'Change that value and try again.',
    };
  }
  if (isOutOfMemory(error)) return outOfMemory();
  return {
    code: 'unexpected',
    message: error instanceof Error ? error.message : String(error),
    remedy: 'Try again. If it happens once more, report it with this message.',
  };
}

function sentenceFrom({ message, path }: z.core.$ZodIssue): string {
  return RAW.test(message) ? sentenceOf({ code: 'custom', path, input: undefined }) : message;
}
