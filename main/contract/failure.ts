/** What went wrong, told so that a person can act: a code for programs, the facts, and a remedy. */
import { z } from 'zod';

export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});
export type Failure = z.infer<typeof failureSchema>;

/** An error with a code, the facts and a remedy; the only kind that is shown to a person word for word. */
export class StudioError extends Error {
  readonly code: string;
  readonly remedy: string;

  constructor({ code, message, remedy }: Failure) {
    super(message);
    this.name = 'StudioError';
    this.code = code;
    this.remedy = remedy;
  }
}

/** Turns anything thrown into a failure; an unforeseen error keeps its message under the code `unexpected`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof StudioError) return { code: error.code, message: error.message, remedy: error.remedy };
  if (error instanceof z.ZodError) {
    const first = error.issues[0];
    return {
      code: 'invalid-input',
      message: `${first?.path.join('.') || 'The input'}: ${first?.message ?? 'not as expected'}.`,
      remedy: 'Correct that value and try again.',
    };
  }
  return {
    code: 'unexpected',
    message: error instanceof Error ? error.message : String(error),
    remedy: 'Try again. If it happens once more, report it with this message.',
  };
}
