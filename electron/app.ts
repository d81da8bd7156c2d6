/** The app: puts the pieces together, keeps to one instance, and leaves no process behind when it ends. */
import path from 'node:path';
import { app, Menu, type BrowserWindow } from 'electron';
import type { StudioEvent } from '#main/contract/index.ts';
import type { Folders } from '#main/folders.ts';
import { chooseDatasetFolder } from './dialogs.ts';
import { Grants } from './grants.ts';
import { answerPage, offerFolder, sendEvents } from './ipc.ts';
import { createMenu } from './menu.ts';
import { registerPageScheme, servePage } from './page-scheme.ts';
import { createStudioHandlers } from './studio-commands.ts';
import { Supervisor, type HostName } from './supervisor.ts';
import { createWindow } from './window.ts';

/** Long enough for a slow disk to take a checkpoint. */
const CLOSING_LIMIT_MILLISECONDS = 20_000;

/** Everything under one folder, for tests and for a studio on a stick. */
const home = process.env['GAN_STUDIO_HOME'];
if (home) app.setPath('userData', path.resolve(home, 'user-data'));

registerPageScheme();

if (app.requestSingleInstanceLock()) void app.whenReady().then(openStudio);
else app.quit();

function openStudio(): void {
  const folders = studioFolders();
  const userData = app.getPath('userData');
  const grants = new Grants({ memory: path.join(userData, 'granted-folders.json'), runs: folders.runs });
  servePage(path.join(app.getAppPath(), 'build', 'renderer'));
  const window = createWindow({ preload: path.join(__dirname, 'preload.cjs'), memory: path.join(userData, 'window.json') });
  const hosts = startHosts(folders, (events) => sendEvents(window, events));
  answerPage({ window, grants, hosts, handlers: createStudioHandlers({ window, grants, runs: folders.runs }) });
  Menu.setApplicationMenu(createMenu({ openFolder: () => void openFolder(window, grants) }));
  app.on('second-instance', () => focus(window));
  app.on('window-all-closed', () => app.quit());
  closeHostsBeforeQuitting(Object.values(hosts));
}

function studioFolders(): Folders {
  const base = home ? path.resolve(home) : undefined;
  return {
    cache: path.join(base ?? app.getPath('userData'), 'cache'),
    builtIn: app.isPackaged ? path.join(process.resourcesPath, 'datasets') : path.join(app.getAppPath(), 'build', 'datasets'),
    runs: base ? path.join(base, 'runs') : path.join(app.getPath('documents'), 'GAN Studio'),
  };
}

/** Both start with the app, so that the catalogue and the first dataset come quickly. */
function startHosts(folders: Folders, emit: (events: StudioEvent[]) => void): Record<HostName, Supervisor> {
  const supervise = (name: HostName) => {
    const supervisor = new Supervisor({ name, file: path.join(__dirname, `${name}-host.cjs`), folders, emit });
    supervisor.start();
    return supervisor;
  };
  return { library: supervise('library'), trainer: supervise('trainer') };
}

/** The app's end waits for the hosts' end: the trainer saves a checkpoint. */
function closeHostsBeforeQuitting(hosts: Supervisor[]): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void Promise.all(hosts.map((host) => host.close({ limitMilliseconds: CLOSING_LIMIT_MILLISECONDS }))).finally(() => app.exit(0));
  });
}

async function openFolder(window: BrowserWindow, grants: Grants): Promise<void> {
  const folder = await chooseDatasetFolder(window);
  if (folder !== null) offerFolder({ window, grants }, folder);
}

function focus(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}
