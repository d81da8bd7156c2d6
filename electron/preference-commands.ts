/** The commands of the preferences: each change takes effect at once, or is refused and changes nothing. */
import os from 'node:os';
import path from 'node:path';
import {
  StudioError,
  type CommandOutput,
  type Handlers,
  type Preferences,
  type RunStatus,
} from '#main/contract/index.ts';
import type { Grants } from './grants.ts';
import type { PreferencesFile } from './preferences.ts';
import { ensureRunsFolder, requireWritable, troubleWith } from './runs-folder.ts';

const FOLDER = 'The folder for runs';
const CORES = 'The number of cores';

/** What the preferences change, kept small so that tests need no window. */
export type Affected = {
  preferences: PreferencesFile;
  grants: Pick<Grants, 'grantRuns'>;
  /** The state of a run that trains, is paused, is being started or waits to be saved. */
  runUnderWay: () => RunStatus | undefined;
  /** Resolves to null when the person cancels. */
  askForFolder: (now: string) => Promise<string | null>;
  /** Called when runs go to another folder from now on. */
  runsMoved: () => void;
  /**
   * Makes the change and restarts the process that trains, which reads its number of threads once. Throws
   * StudioError and changes nothing where that would lose something.
   */
  restartAround: (change: () => void) => Promise<void>;
  /** Called when a preference has changed. */
  changed: () => void;
};

type PreferenceCommands = Extract<keyof Handlers<'studio'>, `preferences.${string}`>;

export function createPreferenceHandlers(affected: Affected): Pick<Handlers<'studio'>, PreferenceCommands> {
  const { preferences, grants, askForFolder } = affected;

  async function moveRuns(folder: string | undefined): Promise<void> {
    requireNoRun(affected, FOLDER);
    if (folder === undefined) ensureRunsFolder({ folder: preferences.defaults.runsFolder, isDefault: true });
    requireWritable(folder ?? preferences.defaults.runsFolder);
    preferences.change({ runsFolder: folder });
    grants.grantRuns(preferences.current.runsFolder);
    affected.runsMoved();
  }

  return {
    'preferences.get': async () => known(preferences),
    'preferences.set': async (changes) => {
      const change = () => {
        preferences.change(definedOf(changes));
        affected.changed();
      };
      if (changes.threads === undefined || changes.threads === preferences.current.threads) change();
      else {
        requireNoRun(affected, CORES);
        await affected.restartAround(change);
      }
      return known(preferences);
    },
    'preferences.chooseRunsFolder': async ({ to }) => {
      requireNoRun(affected, FOLDER);
      if (to === 'default') {
        await moveRuns(undefined);
        return known(preferences);
      }
      const chosen = await askForFolder(preferences.current.runsFolder);
      if (chosen !== null) await moveRuns(unlessDefault(chosen, preferences.defaults));
      return known(preferences);
    },
  };
}

/** Throws StudioError `run-under-way`. */
function requireNoRun({ runUnderWay }: Affected, what: string): void {
  const status = runUnderWay();
  if (status) throw status === 'unsaved' ? unsaved(what) : underWay(what);
}

function known(preferences: PreferencesFile): CommandOutput<'preferences.get'> {
  const { current, defaults, runs } = preferences;
  const folderTrouble = troubleWith(runs);
  return {
    preferences: current,
    defaults,
    cores: os.cpus().length,
    ...(folderTrouble ? { folderTrouble } : {}),
  };
}

function unlessDefault(chosen: string, { runsFolder }: Preferences): string | undefined {
  const folder = path.resolve(chosen);
  return folder === path.resolve(runsFolder) ? undefined : folder;
}

/** Without the members that are undefined. */
function definedOf<Changes extends object>(changes: Changes): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Changes;
}

function underWay(what: string): StudioError {
  return new StudioError({
    code: 'run-under-way',
    message: `${what} cannot be changed during a run.`,
    remedy: 'Stop the run first, or wait until it has finished.',
  });
}

function unsaved(what: string): StudioError {
  return new StudioError({
    code: 'run-under-way',
    message: `${what} cannot be changed while the last state of a run is not saved.`,
    remedy: 'Save it again, or stop without saving first.',
  });
}
