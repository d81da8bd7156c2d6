/** The menu bar: what every app of the system has, and the ways to folders that need no mouse. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * Called when a person picks File > Open folder or Open files, Help > Show Logs in Folder and Help > Show Runs in Folder.
 */
type Choices = { open: (what: 'folder' | 'files') => void; showLogs: () => void; showRuns: () => void };

export function createMenu({ open, showLogs, showRuns }: Choices): Menu {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open folder…', accelerator: 'CmdOrCtrl+O', click: () => open('folder') },
        { label: 'Open files…', accelerator: 'CmdOrCtrl+Shift+O', click: () => open('files') },
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Show Logs in Folder', click: showLogs },
        { label: 'Show Runs in Folder', click: showRuns },
        { type: 'separator' },
        { label: 'About GAN Studio', click: () => app.showAboutPanel() },
      ],
    },
  ];
  return Menu.buildFromTemplate(template);
}
