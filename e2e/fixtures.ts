/**
 * Fixtures that start the packaged app with a home of its own for each test, and check that closing leaves no
 * process behind. Tests of this folder use its screen, its files and the contract only.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, expect, test as base, type ElectronApplication, type TestInfo } from '@playwright/test';
import type { MessageBoxOptions } from 'electron';
import { processesOf, survivors } from './app-process.ts';
import { StudioPage } from './studio-page.ts';

const PROGRAMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'gan-studio',
  darwin: 'GAN Studio.app/Contents/MacOS/GAN Studio',
  win32: 'gan-studio.exe',
};
/** Another program to test in place of the packaged app, such as an installed one. */
const ELSEWHERE = process.env['GAN_STUDIO_APP'];

type Shared = {
  /** A pixel cache that tests share one after another: one app at a time may use it. */
  preparedImages: string;
};

type Fixtures = {
  /** An empty folder for the test's own files. */
  place: string;
  /** The folder with all that the app stores. */
  home: string;
  app: ElectronApplication;
  studio: StudioPage;
};

export const test = base.extend<Fixtures, Shared>({
  preparedImages: [async ({}, use) => withFolder('cache', use), { scope: 'worker' }],
  place: async ({}, use) => withFolder('files', use),
  home: async ({ preparedImages }, use) =>
    withFolder('home', async (home) => {
      fs.symlinkSync(preparedImages, path.join(home, 'cache'), 'junction');
      await use(home);
    }),
  app: async ({ home }, use, info) => {
    const app = await launch(home);
    // Without screenshots: taking them all the time costs more processor time than training.
    await app.context().tracing.start({ snapshots: true });
    await use(app);
    await keepTrace(app, info);
    const running = processesOf(home);
    await app.close();
    await expect
      .poll(() => [...survivors(running), ...processesOf(home)], {
        message: 'closing leaves no process behind',
        timeout: 5000,
      })
      .toEqual([]);
  },
  studio: async ({ app }, use) => {
    const page = await app.firstWindow();
    const studio = new StudioPage({ app, page });
    await studio.ready();
    await use(studio);
  },
});
export { expect };

/** An empty folder for as long as `use` takes. */
export async function withFolder(kind: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `gan-studio-${kind}-`));
  await use(folder);
  fs.rmSync(folder, { recursive: true, force: true });
}

/**
 * Starts the packaged app with this home. If it asks before it quits, the answer is to save and quit.
 *
 * Playwright drives the app through Node's debugger, whose thread Electron 22 tears down badly: with it open,
 * 3 of 160 exits were a SIGSEGV after everything was saved; with it closed, and without a debugger, none of
 * 160. So it is closed as the very last thing.
 */
export async function launch(home: string): Promise<ElectronApplication> {
  const app = await _electron.launch({
    executablePath: executable(),
    args: launchArguments,
    env: environmentOf(home),
  });
  await app.evaluate(({ app: running }) => {
    const { mainModule } = process as unknown as { mainModule: { require(name: string): { close(): void } } };
    running.once('quit', () => mainModule.require('node:inspector').close());
  });
  await answerQuestions(app, 'Save and quit');
  return app;
}

/** From here on, every message box is answered at once with the button of this name. */
export async function answerQuestions(app: ElectronApplication, button: string): Promise<void> {
  await app.evaluate(({ dialog }, name) => {
    const asked: string[] = [];
    const answer = (_window: unknown, { message, buttons = [] }: MessageBoxOptions) => {
      asked.push(message);
      return Promise.resolve({ response: Math.max(0, buttons.indexOf(name)), checkboxChecked: false });
    };
    Object.assign(dialog, { showMessageBox: answer, asked });
  }, button);
}

/** The messages of the boxes that were answered since `answerQuestions`. */
export function questionsOf(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(({ dialog }) => [...(dialog as unknown as { asked: string[] }).asked]);
}

/** Arguments for a machine without a graphics card and, for root, without a sandbox. */
export const launchArguments = ['--disable-gpu', ...(process.geteuid?.() === 0 ? ['--no-sandbox'] : [])];

/** An environment in which the app stores everything in `home`; on Linux, its trash too. */
export function environmentOf(home: string): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) own[name] = value;
  return { ...own, GAN_STUDIO_HOME: home, XDG_DATA_HOME: path.join(home, 'data'), TF_CPP_MIN_LOG_LEVEL: '2' };
}

/** The program of the packaged app, in the variant that Playwright can drive. */
export function executable(): string {
  const program = PROGRAMS[process.platform];
  if (!program) throw new Error(`The path of the packaged app on ${process.platform} is not known.`);
  return ELSEWHERE ?? path.resolve(__dirname, '..', 'dist', 'for-tests', program);
}

async function keepTrace(app: ElectronApplication, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return;
  await app.windows()[0]?.screenshot({ path: info.outputPath('window.png') });
  await app.context().tracing.stop({ path: info.outputPath('trace.zip') });
}
