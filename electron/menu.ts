/** The menu bar: what every app of the system has, and a way to open a folder without a mouse. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/** `openFolder` is called when a person picks File > Open folder. */
export function createMenu({ openFolder }: { openFolder: () => void }): Menu {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open folder…', accelerator: 'CmdOrCtrl+O', click: openFolder },
        { type: 'separator' },
        process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ label: 'About GAN Studio', click: () => app.showAboutPanel() }] },
  ];
  return Menu.buildFromTemplate(template);
}
