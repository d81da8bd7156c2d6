/** What a change of the preferences does to the app's processes. */
import type { BrowserWindow } from 'electron';
import { currentRun } from './current-run.ts';
import { chooseRunsFolder } from './dialogs.ts';
import type { Grants } from './grants.ts';
import { describeError, log } from './log.ts';
import type { Affected } from './preference-commands.ts';
import type { PreferencesFile } from './preferences.ts';
import type { RunWatch } from './run-watch.ts';
import type { HostName, Supervisor } from './supervisor.ts';

/** An idle process ends at once; one that hangs is killed after this. */
const RESTART_LIMIT_MILLISECONDS = 5000;

type Given = {
  preferences: PreferencesFile;
  window: BrowserWindow;
  grants: Grants;
  hosts: Record<HostName, Supervisor>;
  watch: RunWatch;
};

export function affectedBy({ preferences, window, grants, hosts, watch }: Given): Affected {
  return {
    preferences,
    grants,
    // A run that is being started is no event yet.
    isRunUnderWay: () => watch.isUnderWay || hosts.trainer.isAsked('run.start', 'run.resume'),
    askForFolder: (now) => chooseRunsFolder(window, now),
    runsMoved: () => Object.values(hosts).forEach((host) => host.moveFolders()),
    threadsChanged: () => restartTrainer(hosts.trainer),
    changed: () => watch.refresh(),
  };
}

/** The run that is open stays open: the new process loads it again. */
async function restartTrainer(trainer: Supervisor): Promise<void> {
  const open = await currentRun(trainer);
  await trainer.restart({ limitMilliseconds: RESTART_LIMIT_MILLISECONDS });
  if (!open) return;
  try {
    await trainer.request({ name: 'run.open', input: { folder: open.folder } });
  } catch (error) {
    log.warn(`${open.folder} could not be opened again: ${describeError(error)}`);
  }
}
