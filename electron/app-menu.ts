/** Keeps the menu bar in step with what was opened before, and does what its entries say. */
import { Menu, type BrowserWindow } from 'electron';
import type { StudioEvent } from '#main/contract/index.ts';
import { chooseDataset } from './dialogs.ts';
import type { Grants } from './grants.ts';
import { offer, sendEvents } from './ipc.ts';
import { describeError, log } from './log.ts';
import { createMenu, type MenuActions } from './menu.ts';
import type { PreferencesFile } from './preferences.ts';
import type { RecentDatasets } from './recent-datasets.ts';
import { recentEntries, type RecentEntries } from './recent-entries.ts';
import type { RecentRuns } from './recent-runs.ts';
import { showFolder, showRuns } from './show-folder.ts';

type MenuInput = {
  window: BrowserWindow;
  grants: Grants;
  preferences: PreferencesFile;
  datasets: RecentDatasets;
  runs: RecentRuns;
  /** The folder of the app's log. */
  logs: string;
  /** Brings the window to the front. */
  focus: () => void;
};

/** Folders may have come or gone whenever the person comes back to the window. */
export function keepMenu(given: MenuInput): void {
  const { window, preferences, datasets, runs } = given;
  const actions = actionsOn(given);
  let shown = '';
  const show = (recent: RecentEntries) => {
    const next = JSON.stringify(recent);
    if (next === shown || window.isDestroyed()) return;
    shown = next;
    Menu.setApplicationMenu(createMenu(actions, recent));
  };
  const refresh = () =>
    void recentEntries({
      datasets: datasets.list,
      runs: runs.list,
      runsFolder: preferences.current.runsFolder,
    }).then(show);
  show({ datasets: [], runs: [] });
  refresh();
  datasets.changed = runs.changed = refresh;
  window.on('focus', refresh);
}

function actionsOn({ window, grants, preferences, datasets, runs, logs, focus }: MenuInput): MenuActions {
  const say = (event: StudioEvent) => {
    focus();
    sendEvents(window, [event]);
  };
  return {
    open: (what) => void openDataset({ window, grants }, what),
    openDataset: (dataset) => say({ type: 'dataset-chosen', dataset }),
    openRun: (folder) => say({ type: 'run-chosen', folder }),
    clear(what) {
      (what === 'runs' ? runs : datasets).clear();
      if (what === 'datasets') sendEvents(window, [{ type: 'datasets-cleared' }]);
    },
    show: (what) => say({ type: 'show', what }),
    showLogs: () => void showFolder(logs).catch(warn),
    showRuns: () => void showRuns(preferences.runs).catch(warn),
  };
}

async function openDataset(
  { window, grants }: { window: BrowserWindow; grants: Grants },
  what: 'folder' | 'files',
): Promise<void> {
  const paths = await chooseDataset(window, what);
  if (paths !== null) await offer({ window, grants }, { wanted: 'dataset', paths });
}

function warn(error: unknown): void {
  log.warn(describeError(error));
}
