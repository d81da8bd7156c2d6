/** Restarts the process that trains, without losing anything that it holds. */
import { COMMANDS, StudioError } from '#main/contract/index.ts';
import { describeError, log } from './log.ts';
import type { Supervisor } from './supervisor.ts';

/** How long to wait for what is under way, such as an export. */
const BUSY_LIMIT_MILLISECONDS = 5000;
/** An idle process ends at once; one that hangs is killed after this time. */
const RESTART_LIMIT_MILLISECONDS = 5000;

/**
 * Makes the change, and restarts the process with the settings as they are then; the checkpoint that is open
 * is opened again. Commands that come meanwhile wait. Throws StudioError, and changes nothing, while the
 * process is busy or holds something that a new one could not load.
 */
export async function restartTrainer(trainer: Pick<Supervisor, 'alone'>, change: () => void): Promise<void> {
  await trainer.alone({ limitMilliseconds: BUSY_LIMIT_MILLISECONDS }, async ({ ask, restart }) => {
    const answer = await ask({ name: 'trainer.checkRestart', input: {} });
    const failure = COMMANDS['trainer.checkRestart'].output.parse(answer);
    if (failure) throw new StudioError(failure);
    const open = COMMANDS['run.current'].output.parse(await ask({ name: 'run.current', input: {} }));
    change();
    await restart({ limitMilliseconds: RESTART_LIMIT_MILLISECONDS });
    if (!open) return;
    try {
      await ask({ name: 'run.open', input: { folder: open.folder, checkpoint: open.step } });
    } catch (error) {
      log.warn(`${open.folder} could not be opened again: ${describeError(error)}`);
    }
  });
}
