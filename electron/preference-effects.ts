/** What a change of the preferences does to the app's processes. */
import type { BrowserWindow } from 'electron';
import { chooseRunsFolder } from './dialogs.ts';
import type { Grants } from './grants.ts';
import type { Affected } from './preference-commands.ts';
import type { PreferencesFile } from './preferences.ts';
import type { RunWatch } from './run-watch.ts';
import type { HostName } from './host-process.ts';
import type { Supervisor } from './supervisor.ts';
import { restartTrainer } from './trainer-restart.ts';

type EffectsInput = {
  preferences: PreferencesFile;
  window: BrowserWindow;
  grants: Grants;
  hosts: Record<HostName, Supervisor>;
  watch: RunWatch;
};

export function affectedBy({ preferences, window, grants, hosts, watch }: EffectsInput): Affected {
  return {
    preferences,
    grants,
    // A run that is being started has sent no event yet.
    runUnderWay: () =>
      watch.underWay ?? (hosts.trainer.isAsked('run.start', 'run.resume') ? 'starting' : undefined),
    askForFolder: (now) => chooseRunsFolder(window, now),
    runsMoved: () => Object.values(hosts).forEach((host) => host.moveFolders()),
    restartAround: (change) => restartTrainer(hosts.trainer, change),
    changed: () => watch.refresh(),
  };
}
