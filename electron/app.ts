/** The app: puts the pieces together and keeps to one instance. */
import fs from 'node:fs';
import path from 'node:path';
import { app, Menu, shell, type BrowserWindow } from 'electron';
import type { StudioEvent } from '#main/contract/index.ts';
import type { Folders } from '#main/folders.ts';
import { startAppLog } from './app-log.ts';
import { chooseDataset } from './dialogs.ts';
import { Grants } from './grants.ts';
import { answerPage, offer, sendEvents } from './ipc.ts';
import { describeError, log } from './log.ts';
import { createMenu } from './menu.ts';
import { PaperLinks } from './paper-links.ts';
import { registerPageScheme, servePage } from './page-scheme.ts';
import { prepareQuitting } from './quitting.ts';
import { RecentDatasets } from './recent-datasets.ts';
import { RunWatch } from './run-watch.ts';
import { createStudioHandlers } from './studio-commands.ts';
import { Supervisor, type HostName } from './supervisor.ts';
import { createWindow } from './window.ts';

/** Everything under one folder, for tests and for a studio on a stick. */
const home = process.env['GAN_STUDIO_HOME'];
if (home) app.setPath('userData', path.resolve(home, 'user-data'));

// Chromium's allocator would hand memory back between two operations of a training step, and its pages would
// be mapped anew a thousand times a step.
app.commandLine.appendSwitch('enable-features', 'PartitionAllocLargeEmptySlotSpanRing');

registerPageScheme();

if (app.requestSingleInstanceLock()) void app.whenReady().then(openStudio);
else app.quit();

function openStudio(): void {
  const folders = studioFolders();
  const userData = app.getPath('userData');
  const logs = path.join(userData, 'logs');
  startAppLog(logs);
  const recent = new RecentDatasets(
    path.join(userData, 'recent-datasets.json'),
    path.join(userData, 'granted-folders.json'),
  );
  const grants = new Grants({ runs: folders.runs, remembered: recent.places });
  servePage(path.join(app.getAppPath(), 'build', 'renderer'));
  const papers = new PaperLinks();
  const window = createWindow({
    preload: path.join(__dirname, 'preload.cjs'),
    memory: path.join(userData, 'window.json'),
    papers,
  });
  const watch = new RunWatch();
  const hosts = startHosts(folders, (events) => {
    watch.take(events);
    sendEvents(window, events);
  });
  answerPage({
    window,
    grants,
    hosts,
    papers,
    handlers: createStudioHandlers({ window, grants, recent, library: hosts.library, runs: folders.runs }),
  });
  Menu.setApplicationMenu(
    createMenu({
      open: (what) => void openDataset({ window, grants }, what),
      showLogs: () => void showFolder(logs),
      showRuns: () => void showFolder(folders.runs),
    }),
  );
  app.on('second-instance', () => focus(window));
  app.on('window-all-closed', () => app.quit());
  prepareQuitting({ window, hosts, watch });
}

function studioFolders(): Folders {
  const base = home ? path.resolve(home) : undefined;
  return {
    cache: path.join(base ?? app.getPath('userData'), 'cache'),
    builtIn: app.isPackaged
      ? path.join(process.resourcesPath, 'datasets')
      : path.join(app.getAppPath(), 'build', 'datasets'),
    runs: base ? path.join(base, 'runs') : path.join(app.getPath('documents'), 'GAN Studio'),
  };
}

/** Both start with the app, so that the catalogue and the first dataset come quickly. */
function startHosts(folders: Folders, emit: (events: StudioEvent[]) => void): Record<HostName, Supervisor> {
  const supervise = (name: HostName) => {
    const supervisor = new Supervisor({
      name,
      file: path.join(__dirname, `${name}-host.cjs`),
      decoderFile: path.join(__dirname, 'decoder-host.cjs'),
      folders,
      emit,
    });
    supervisor.start();
    return supervisor;
  };
  return { library: supervise('library'), trainer: supervise('trainer') };
}

/** Opens the folder in the file manager; the runs folder may not be there yet. */
async function showFolder(folder: string): Promise<void> {
  try {
    fs.mkdirSync(folder, { recursive: true });
    const trouble = await shell.openPath(folder);
    if (trouble) log.warn(`${folder} could not be shown: ${trouble}`);
  } catch (error) {
    log.warn(`${folder} could not be shown: ${describeError(error)}`);
  }
}

async function openDataset(
  { window, grants }: { window: BrowserWindow; grants: Grants },
  what: 'folder' | 'files',
): Promise<void> {
  const paths = await chooseDataset(window, what);
  if (paths !== null) await offer({ window, grants }, { wanted: 'dataset', paths });
}

function focus(window: BrowserWindow): void {
  // Between the window's end and the app's, the hosts save.
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
