/** Starts the packaged app with a home of its own for each test, and sees to it that closing leaves no process behind. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type TestInfo } from '@playwright/test';
import { processesOf } from './app-process.ts';
import { StudioPage } from './studio-page.ts';

const PACKAGED: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux-unpacked/gan-studio',
  darwin: 'mac/GAN Studio.app/Contents/MacOS/GAN Studio',
  win32: 'win-unpacked/gan-studio.exe',
};
const isRoot = process.geteuid?.() === 0;

type Fixtures = {
  /** An empty folder for the test's own files. */
  place: string;
  /** Where the app keeps all that is its own. */
  home: string;
  app: ElectronApplication;
  studio: StudioPage;
};

export const test = base.extend<Fixtures>({
  place: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-files-'));
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  },
  home: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-home-'));
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  },
  app: async ({ home }, use, info) => {
    const app = await launch(home);
    await app.context().tracing.start({ screenshots: true, snapshots: true });
    await use(app);
    await keepTrace(app, info);
    await app.close();
    await expect.poll(() => processesOf(home), { message: 'closing leaves no process behind', timeout: 5000 }).toEqual([]);
  },
  studio: async ({ app }, use) => {
    const page = await app.firstWindow();
    const studio = new StudioPage({ app, page });
    await studio.ready();
    await use(studio);
  },
});
export { expect };

/** Starts the packaged app; the environment variable puts everything it keeps into `home`. */
export function launch(home: string): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: executable(),
    args: ['--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])],
    env: { ...environment(), GAN_STUDIO_HOME: home, TF_CPP_MIN_LOG_LEVEL: '2' },
  });
}

function executable(): string {
  const file = PACKAGED[process.platform];
  if (!file) throw new Error(`Where the packaged app lies on ${process.platform} is not known here.`);
  return path.resolve(import.meta.dirname, '..', 'dist', file);
}

function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

async function keepTrace(app: ElectronApplication, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return;
  await app.windows()[0]?.screenshot({ path: info.outputPath('window.png') });
  await app.context().tracing.stop({ path: info.outputPath('trace.zip') });
}
