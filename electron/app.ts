/**
 * The app’s main process: puts its parts together, and allows one instance. Of the core, this folder imports
 * only the contract, main/folders.ts and main/runs/files.ts; only the hosts (*-host.ts, host.ts,
 * side-ports.ts) import more.
 */
import path from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { startAppLog } from './app-log.ts';
import { keepMenu } from './app-menu.ts';
import { currentRun } from './current-run.ts';
import { desktopOf } from './desktop.ts';
import { Grants } from './grants.ts';
import type { Patience } from './heartbeat.ts';
import { answerPage, sendEvents } from './ipc.ts';
import { closeNetwork } from './no-network.ts';
import { PaperLinks } from './paper-links.ts';
import { registerPageScheme, servePage } from './page-scheme.ts';
import { affectedBy } from './preference-effects.ts';
import { PreferencesFile } from './preferences.ts';
import { prepareQuitting } from './quitting.ts';
import { RecentDatasets } from './recent-datasets.ts';
import { RecentRuns } from './recent-runs.ts';
import { RunWatch } from './run-watch.ts';
import { hasRuns } from './runs-folder.ts';
import { createStudioHandlers } from './studio-commands.ts';
import type { HostName, HostSettings } from './host-process.ts';
import { Supervisor } from './supervisor.ts';
import { answerTerminal } from './terminal.ts';
import { threadsEnvironment } from './threads.ts';
import { createWindow } from './window.ts';

/** Seconds after which a silent trainer is reported, and after which it is ended. Tests set shorter times. */
const [tell = 60, end = 600] = (process.env['GAN_STUDIO_TRAINER_PATIENCE'] ?? '60 600')
  .split(' ')
  .map(Number);
/**
 * The trainer answers nothing during a step, which takes minutes with the largest networks and batches on a
 * few cores; the library computes little itself.
 */
const PATIENCE: Record<HostName, Patience> = {
  trainer: { tell: tell * 1000, end: end * 1000 },
  library: { tell: 60_000, end: 120_000 },
};

/** The folder that holds everything, where one is set: for tests, and for a studio on a USB stick. */
const home = process.env['GAN_STUDIO_HOME'] ? path.resolve(process.env['GAN_STUDIO_HOME']) : undefined;
if (home) app.setPath('userData', path.join(home, 'user-data'));

// Without it, Chromium's allocator returns memory to the system between two operations of a training step,
// and the same memory is mapped again a thousand times a step.
app.commandLine.appendSwitch('enable-features', 'PartitionAllocLargeEmptySlotSpanRing');

// The name under which Windows shows notifications; the installer gives the shortcut the same one.
app.setAppUserModelId('studio.gan.desktop');

closeNetwork();
registerPageScheme();

if (app.requestSingleInstanceLock()) void app.whenReady().then(openStudio);
else app.quit();

function openStudio(): void {
  const userData = app.getPath('userData');
  const logs = path.join(userData, 'logs');
  startAppLog(logs);
  const preferences = openPreferences(userData);
  const recent = new RecentDatasets(
    path.join(userData, 'recent-datasets.json'),
    path.join(userData, 'granted-folders.json'),
  );
  const grants = new Grants({ runs: preferences.current.runsFolder, remembered: recent.places });
  servePage(path.join(app.getAppPath(), 'build', 'renderer'));
  const papers = new PaperLinks();
  const window = createWindow({
    preload: path.join(__dirname, 'preload.cjs'),
    memory: path.join(userData, 'window.json'),
    papers,
    start: hasRuns(preferences.runs) ? undefined : 'first-steps',
  });
  answerTerminal(window, { logs });
  const { hosts, watch } = startHosts({ window, preferences });
  const affected = affectedBy({ preferences, window, grants, hosts, watch });
  const handlers = createStudioHandlers({ window, grants, recent, library: hosts.library, affected });
  const runs = new RecentRuns(path.join(userData, 'recent-runs.json'));
  answerPage({
    window,
    grants,
    hosts,
    handlers,
    runsFolder: () => preferences.runs,
    answered(command, output) {
      if (command.name === 'catalogue.list') papers.learn(output);
      runs.learn(command, output);
    },
  });
  keepMenu({ window, grants, preferences, datasets: recent, runs, logs, focus: () => focus(window) });
  app.on('second-instance', () => focus(window));
  app.on('window-all-closed', () => app.quit());
  prepareQuitting({ window, hosts, watch });
}

function openPreferences(userData: string): PreferencesFile {
  return new PreferencesFile({
    file: path.join(userData, 'preferences.json'),
    defaults: {
      runsFolder: home ? path.join(home, 'runs') : path.join(app.getPath('documents'), 'GAN Studio'),
      threads: 0,
      keepAwake: true,
      notify: true,
    },
  });
}

type Hosts = { hosts: Record<HostName, Supervisor>; watch: RunWatch };

/** Starts both hosts with the app, so that the catalogue and the first data set come quickly. */
function startHosts({ window, preferences }: { window: BrowserWindow; preferences: PreferencesFile }): Hosts {
  const watch = new RunWatch({
    desktop: desktopOf(window, () => focus(window)),
    preferences: () => preferences.current,
    nameOfRun: async () => (await currentRun(hosts.trainer))?.config.name,
  });
  window.on('focus', () => watch.seen());
  const supervise = (name: HostName) => {
    const supervisor = new Supervisor({
      name,
      file: path.join(__dirname, `${name}-host.cjs`),
      sideFiles: {
        'decoder': path.join(__dirname, 'decoder-host.cjs'),
        'export check': path.join(__dirname, 'export-check-host.cjs'),
      },
      patience: PATIENCE[name],
      settings: () => hostSettings(name, preferences),
      emit: (events) => {
        watch.take(events);
        sendEvents(window, events);
      },
    });
    supervisor.start();
    return supervisor;
  };
  const hosts = { library: supervise('library'), trainer: supervise('trainer') };
  return { hosts, watch };
}

function hostSettings(name: HostName, { current }: PreferencesFile): HostSettings {
  const beside = app.isPackaged ? process.resourcesPath : path.join(app.getAppPath(), 'build');
  return {
    folders: {
      cache: path.join(home ?? app.getPath('userData'), 'cache'),
      builtIn: path.join(beside, 'datasets'),
      features: path.join(beside, 'features'),
      runs: current.runsFolder,
    },
    environment: name === 'trainer' ? threadsEnvironment(current.threads) : {},
  };
}

function focus(window: BrowserWindow): void {
  // The app outlives its window while the hosts save.
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
