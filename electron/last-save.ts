/** The last save before the app ends. */
import { COMMANDS, toFailure, type Failure, type RunStatus } from '#main/contract/index.ts';
import type { Supervisor } from './supervisor.ts';

/** `status`: the run's; undefined when the trainer is too busy to answer. */
type Saving = { status: RunStatus | undefined; limitMilliseconds: number };
type Trainer = Pick<Supervisor, 'request'>;

/**
 * Saves the state of the run under way and ends it. Returns why it could not be saved; undefined when it was
 * saved, when there is nothing to save, or when the trainer does not answer in time.
 */
export async function failureToSave(
  trainer: Trainer,
  { status, limitMilliseconds }: Saving,
): Promise<Failure | undefined> {
  if (status === 'unsaved') return failureOfSave(trainer);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMilliseconds);
  });
  // A start that is cancelled, and a process that ends meanwhile, leave nothing that could be saved.
  const stopped = trainer.request({ name: 'run.stop', input: {} }).catch(() => undefined);
  const answer = COMMANDS['run.stop'].output.safeParse(await Promise.race([stopped, tooLate]));
  clearTimeout(timer);
  // Saving once more returns the reason.
  return answer.data?.status === 'unsaved' ? failureOfSave(trainer) : undefined;
}

async function failureOfSave(trainer: Trainer): Promise<Failure | undefined> {
  try {
    await trainer.request({ name: 'run.save', input: {} });
    return undefined;
  } catch (error) {
    return toFailure(error);
  }
}
