/** Asks the trainer for its run, for questions and notifications that do not wait for a slow answer. */
import { COMMANDS, type CurrentRun } from '#main/contract/index.ts';
import type { Supervisor } from './supervisor.ts';

/** The trainer answers between steps. */
const ANSWER_LIMIT_MILLISECONDS = 2000;

/** The run; undefined when there is none, or when the trainer is too busy to answer in time. */
export async function currentRun(trainer: Supervisor): Promise<CurrentRun | undefined> {
  const tooLate = new Promise<undefined>((resolve) =>
    setTimeout(() => resolve(undefined), ANSWER_LIMIT_MILLISECONDS),
  );
  const answer = trainer.request({ name: 'run.current', input: {} }).catch(() => undefined);
  return COMMANDS['run.current'].output.safeParse(await Promise.race([answer, tooLate])).data ?? undefined;
}
