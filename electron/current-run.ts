/** The run in the trainer, for questions and notifications that do not wait for a slow one. */
import { COMMANDS, type CurrentRun } from '#main/contract/index.ts';
import type { Supervisor } from './supervisor.ts';

/** The trainer answers between steps. */
const ANSWER_LIMIT_MILLISECONDS = 2000;

/** Undefined where there is none, and where the trainer is too busy to tell. */
export async function currentRun(trainer: Supervisor): Promise<CurrentRun | undefined> {
  const tooLate = new Promise<undefined>((resolve) =>
    setTimeout(() => resolve(undefined), ANSWER_LIMIT_MILLISECONDS),
  );
  const answer = trainer.request({ name: 'run.current', input: {} }).catch(() => undefined);
  return COMMANDS['run.current'].output.safeParse(await Promise.race([answer, tooLate])).data ?? undefined;
}
