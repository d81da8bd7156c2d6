/** Keeps the menu bar up to date with the recent data sets and runs, and carries out its entries. */
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

/**
 * Sets the menu now, whenever a list changes, and on focus, since folders may have come or gone meanwhile.
 */
export function keepMenu(input: MenuInput): void {
  const { window, preferences, datasets, runs } = input;
  const actions = actionsOn(input);
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
