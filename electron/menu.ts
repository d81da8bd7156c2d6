/** The menu bar: what every app of the system has, the preferences, and the ways to folders that need no mouse. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** What the app's own entries do. */
export type MenuActions = {
  open: (what: 'folder' | 'files') => void;
  showPreferences: () => void;
  showLogs: () => void;
  showRuns: () => void;
};

const isMac = process.platform === 'darwin';
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

export function createMenu(actions: MenuActions): Menu {
  return Menu.buildFromTemplate([
    ...(isMac ? [appMenu(actions)] : []),
    fileMenu(actions),
    EDIT,
    viewMenu(),
    { role: 'windowMenu' },
    helpMenu(actions),
  ]);
}

function preferencesItem({ showPreferences }: MenuActions): MenuItemConstructorOptions {
  return { label: 'Preferences…', accelerator: 'CmdOrCtrl+,', click: showPreferences };
}

function appMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      SEPARATOR,
      preferencesItem(actions),
      SEPARATOR,
      { role: 'services' },
      SEPARATOR,
      { role: 'hide' },
      { role: 'hideOthers', label: 'Hide others' },
      { role: 'unhide', label: 'Show all' },
      SEPARATOR,
      { role: 'quit' },
    ],
  };
}

function fileMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: 'Open folder…', accelerator: 'CmdOrCtrl+O', click: () => actions.open('folder') },
      { label: 'Open files…', accelerator: 'CmdOrCtrl+Shift+O', click: () => actions.open('files') },
      SEPARATOR,
      ...(isMac
        ? [{ role: 'close' } as const]
        : [preferencesItem(actions), SEPARATOR, { role: 'quit' } as const]),
    ],
  };
}

const EDIT: MenuItemConstructorOptions = {
  label: '&Edit',
  submenu: [
    { role: 'undo' },
    { role: 'redo' },
    SEPARATOR,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'delete' },
    SEPARATOR,
    { role: 'selectAll', label: 'Select all' },
  ],
};

function viewMenu(): MenuItemConstructorOptions {
  return {
    label: '&View',
    submenu: [
      { role: 'resetZoom', label: 'Actual size' },
      { role: 'zoomIn', label: 'Zoom in' },
      { role: 'zoomOut', label: 'Zoom out' },
      SEPARATOR,
      { role: 'togglefullscreen', label: 'Full screen' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: 'Developer tools' } as const]),
    ],
  };
}

function helpMenu({ showLogs, showRuns }: MenuActions): MenuItemConstructorOptions {
  return {
    role: 'help',
    submenu: [
      { label: 'Show runs folder', click: showRuns },
      { label: 'Show logs folder', click: showLogs },
      ...(isMac ? [] : [SEPARATOR, { label: 'About GAN Studio', click: () => app.showAboutPanel() }]),
    ],
  };
}
