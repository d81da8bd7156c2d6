/**
 * The menu bar: the entries that every app of the system has, and the app's own: to open, recent data sets
 * and runs, preferences, help, and the folders of runs and logs.
 */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { acceleratorOf, type RecentDataset, type ShortcutName } from '#main/contract/index.ts';
import type { RecentEntries } from './recent-entries.ts';

/** What the app's own entries do. */
export type MenuActions = {
  open: (what: 'folder' | 'files') => void;
  openDataset: (dataset: RecentDataset) => void;
  openRun: (folder: string) => void;
  clear: (what: 'datasets' | 'runs') => void;
  show: (what: 'preferences' | 'first-steps' | 'shortcuts' | 'about') => void;
  showLogs: () => void;
  showRuns: () => void;
};

type Item = MenuItemConstructorOptions;

const isMac = process.platform === 'darwin';
const SEPARATOR: Item = { type: 'separator' };

export function createMenu(actions: MenuActions, recent: RecentEntries): Menu {
  return Menu.buildFromTemplate([
    ...(isMac ? [appMenu(actions)] : []),
    fileMenu(actions, recent),
    EDIT,
    viewMenu(),
    windowMenu(),
    helpMenu(actions),
  ]);
}

/** The entry with its shortcut. */
function bound(name: ShortcutName, item: Item): Item {
  return { ...item, accelerator: acceleratorOf(name, { isMac }) };
}

function preferencesItem({ show }: MenuActions): Item {
  return bound('preferences', { label: 'Preferences…', click: () => show('preferences') });
}

function aboutItem({ show }: MenuActions): Item {
  return { label: 'About GAN Studio', click: () => show('about') };
}

function appMenu(actions: MenuActions): Item {
  return {
    role: 'appMenu',
    submenu: [
      aboutItem(actions),
      SEPARATOR,
      preferencesItem(actions),
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers', label: 'Hide others' },
      { role: 'unhide', label: 'Show all' },
      SEPARATOR,
      bound('quit', { role: 'quit' }),
    ],
  };
}

function fileMenu(actions: MenuActions, { datasets, runs }: RecentEntries): Item {
  return {
    label: '&File',
    submenu: [
      bound('open-folder', { label: 'Open folder…', click: () => actions.open('folder') }),
      bound('open-files', { label: 'Open files…', click: () => actions.open('files') }),
      SEPARATOR,
      recentMenu('Recent data sets', {
        entries: datasets.map(({ label, dataset }) => ({ label, act: () => actions.openDataset(dataset) })),
        clear: () => actions.clear('datasets'),
      }),
      recentMenu('Recent runs', {
        entries: runs.map(({ label, folder }) => ({ label, act: () => actions.openRun(folder) })),
        clear: () => actions.clear('runs'),
      }),
      SEPARATOR,
      ...(isMac ? [] : [preferencesItem(actions), SEPARATOR, bound('quit', { role: 'quit' })]),
      ...(isMac ? [bound('close', { role: 'close' })] : []),
    ],
  };
}

type Recent = { entries: { label: string; act: () => void }[]; clear: () => void };

function recentMenu(label: string, { entries, clear }: Recent): Item {
  return {
    label,
    enabled: entries.length > 0,
    submenu: [
      // A single & would underline the letter behind it.
      ...entries.map(({ label: name, act }) => ({ label: name.replaceAll('&', '&&'), click: act })),
      SEPARATOR,
      { label: 'Clear recent', click: clear },
    ],
  };
}

const EDIT: Item = {
  label: '&Edit',
  submenu: [
    bound('undo', { role: 'undo' }),
    bound('redo', { role: 'redo' }),
    SEPARATOR,
    bound('cut', { role: 'cut' }),
    bound('copy', { role: 'copy' }),
    bound('paste', { role: 'paste' }),
    { role: 'delete' },
    SEPARATOR,
    bound('select-all', { role: 'selectAll', label: 'Select all' }),
  ],
};

function viewMenu(): Item {
  return {
    label: '&View',
    submenu: [
      bound('zoom-reset', { role: 'resetZoom', label: 'Actual size' }),
      bound('zoom-in', { role: 'zoomIn', label: 'Zoom in' }),
      bound('zoom-out', { role: 'zoomOut', label: 'Zoom out' }),
      SEPARATOR,
      bound('full-screen', { role: 'togglefullscreen', label: 'Full screen' }),
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: 'Developer tools' } as const]),
    ],
  };
}

function windowMenu(): Item {
  return {
    role: 'windowMenu',
    submenu: [
      bound('minimise', { role: 'minimize', label: 'Minimise' }),
      ...(isMac ? [{ role: 'zoom' } as const, SEPARATOR, { role: 'front' } as const] : []),
      ...(isMac ? [] : [bound('close', { role: 'close' })]),
    ],
  };
}

function helpMenu(actions: MenuActions): Item {
  return {
    role: 'help',
    submenu: [
      { label: 'First steps', click: () => actions.show('first-steps') },
      bound('shortcuts', { label: 'Keyboard shortcuts', click: () => actions.show('shortcuts') }),
      SEPARATOR,
      { label: 'Show runs folder', click: actions.showRuns },
      { label: 'Show logs folder', click: actions.showLogs },
      ...(isMac ? [] : [SEPARATOR, aboutItem(actions)]),
    ],
  };
}
