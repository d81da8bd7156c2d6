/** Preferences take effect at once and are kept; runs never go to a folder that nobody chose. */
import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { DEFAULT_RUN_CONFIG } from '#main/contract/index.ts';
import { utilityWith } from './app-process.ts';
import { expect, launch, test } from './fixtures.ts';
import { resize, seriousProblems } from './looks.ts';
import { StudioPage } from './studio-page.ts';

test('the menu leads to the preferences, and the theme is among them', async ({ studio, app }) => {
  const { page } = studio;
  await chooseInMenu(app, 'Preferences…');
  await expect(page.getByRole('link', { name: 'Preferences', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  );
  for (const heading of ['Runs', 'Training', 'Notifications', 'Appearance'])
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
  await studio.choose('Theme', 'Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await seriousProblems(studio)).toEqual([]);
  await studio.choose('Theme', 'System');
});

test('runs go to the folder that was chosen, and only the runs there are listed', async ({
  studio,
  place,
  home,
}) => {
  const { page } = studio;
  await trainAndStop(studio);
  await openPreferences(page);
  await studio.answerOpenDialog(place);
  await studio.press('Choose another folder…');
  await expect(page.getByTestId('runs-folder')).toHaveText(place);
  await openRuns(page);
  await expect(studio.runs).toHaveCount(0);

  await trainAndStop(studio);
  expect(fs.readdirSync(place)).toHaveLength(1);
  expect(fs.readdirSync(path.join(home, 'runs'))).toHaveLength(1);
  await openRuns(page);
  await expect(studio.runs).toHaveCount(1);

  await openPreferences(page);
  await studio.press('Use the default folder');
  await expect(page.getByTestId('runs-folder')).toHaveText(path.join(home, 'runs'));
  const back = page.getByRole('button', { name: 'Use the default folder' });
  await expect(back).toBeDisabled();
  await expect(back).toBeFocused();
  await openRuns(page);
  await expect(studio.runs).toHaveCount(1);
});

test('a folder that cannot be written to is refused with a reason, and changes nothing', async ({
  studio,
  home,
}) => {
  test.skip(process.platform !== 'linux', 'only Linux has a folder that nobody may write to');
  const { page } = studio;
  await openPreferences(page);
  await studio.answerOpenDialog('/proc');
  await studio.press('Choose another folder…');
  await expect(page.getByRole('alert')).toContainText('Runs cannot be saved in /proc: ');
  await expect(page.getByRole('alert')).toContainText('Choose a folder that you may write to.');
  await expect(page.getByTestId('runs-folder')).toHaveText(path.join(home, 'runs'));
  await studio.answerOpenDialog();
  await studio.press('Choose another folder…');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('folder and cores cannot be changed during a run; the computer is kept awake, and a notification is sent', async ({
  studio,
  app,
  home,
}) => {
  const { page } = studio;
  await watchDesktop(app);
  await studio.shrinkRun();
  await studio.start();
  await openPreferences(page);
  await studio.press('Choose another folder…');
  await expect(page.getByRole('alert')).toContainText('The folder for runs cannot be changed during a run.');
  await studio.select('Processor cores for training', '1 core');
  await expect(page.getByRole('alert')).toHaveCount(2);
  await expect.poll(() => desktopOf(app)).toMatchObject({ awake: 1, mode: 'normal' });

  const keepAwake = page.getByRole('switch', { name: 'Keep the computer awake while training' });
  await keepAwake.click();
  await expect.poll(() => desktopOf(app)).toMatchObject({ awake: 0 });
  await keepAwake.click();
  await expect.poll(() => desktopOf(app)).toMatchObject({ awake: 1 });
  expect(await studio.ask('run.pause', {})).toMatchObject({ ok: true });
  await expect.poll(() => desktopOf(app)).toMatchObject({ awake: 0, mode: 'paused' });
  expect(await studio.ask('run.stop', {})).toMatchObject({ ok: true });
  await expect.poll(() => desktopOf(app)).toMatchObject({ awake: 0, mode: 'none' });
  const log = path.join(home, 'user-data', 'logs', 'main.log');
  await expect.poll(() => fs.readFileSync(log, 'utf8')).toMatch(/Notification: .+ has stopped\./);
});

test('training uses the chosen number of cores; the run that was open stays open, and nothing has crashed', async ({
  studio,
  home,
}) => {
  test.skip(process.platform !== 'linux', 'only Linux shows the threads of a process');
  const { page } = studio;
  await trainAndStop(studio);
  const [first, firstThreads] = [trainer(home), threadsOf(trainer(home))];
  await openPreferences(page);
  await studio.select('Processor cores for training', '1 core');
  await expect.poll(() => trainer(home) ?? first).not.toBe(first);
  await expect
    .poll(() => studio.ask('run.current', {}))
    .toMatchObject({ ok: true, output: { status: 'stopped' } });
  await expect(studio.crashBanner).toHaveCount(0);
  await trainAndStop(studio);
  expect(threadsOf(trainer(home))).toBeLessThan(firstThreads);
});

test('where the chosen folder is gone, the app says so and writes nothing elsewhere', async ({
  home,
  place,
}) => {
  const folder = path.join(place, 'stick', 'runs');
  fs.mkdirSync(path.join(home, 'user-data'), { recursive: true });
  fs.writeFileSync(
    path.join(home, 'user-data', 'preferences.json'),
    JSON.stringify({ runsFolder: folder, notify: false }),
  );
  const app = await launch(home);
  const studio = new StudioPage({ app, page: await app.firstWindow() });
  const missing = `The folder for runs is not there: ${folder}.`;
  await expect(studio.page.getByText(missing).first()).toBeVisible();
  await studio.ready();
  await openPreferences(studio.page);
  await expect(studio.page.getByRole('switch', { name: /^Notify me/ })).not.toBeChecked();
  await expect(studio.page.getByRole('alert').filter({ hasText: missing }).first()).toContainText(
    'Connect its disk, or choose another folder under Preferences.',
  );
  expect(await studio.ask('run.start', { config: DEFAULT_RUN_CONFIG })).toMatchObject({
    ok: false,
    failure: { code: 'runs-folder-missing' },
  });
  expect(fs.existsSync(path.dirname(folder))).toBe(false);
  expect(fs.existsSync(path.join(home, 'runs'))).toBe(false);

  fs.mkdirSync(folder, { recursive: true });
  const back = await studio.ask('preferences.get', {});
  expect(back).toMatchObject({ ok: true, output: { preferences: { runsFolder: folder } } });
  expect(back).not.toHaveProperty('output.folderTrouble');
  await app.close();
});

test('every view can be reached in the smallest window at a zoom of 150%', async ({ studio, app }) => {
  const { page } = studio;
  await resize(studio, { width: 900, height: 600 });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1.5));
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(600);
  const rail = page.getByRole('navigation', { name: 'Views' });
  const links = await rail.getByRole('link').all();
  expect(links).toHaveLength(10);
  for (const link of links) {
    await link.focus();
    await expect(link).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await expect(link).toHaveAttribute('aria-current', 'page');
  }
  const widths = await rail.evaluate((nav) => ({ content: nav.scrollWidth, shown: nav.clientWidth }));
  expect(widths.content).toBe(widths.shown);
});

async function openPreferences(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Preferences', exact: true }).click();
  await expect(page.getByTestId('runs-folder')).toBeVisible();
}

async function openRuns(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
}

async function trainAndStop(studio: StudioPage): Promise<void> {
  await studio.shrinkRun();
  await studio.start();
  expect(await studio.ask('run.stop', {})).toMatchObject({ ok: true });
  await expect(studio.status).toHaveText('Stopped');
}

/** Clicks an entry of the menu bar, in whichever menu it is. */
async function chooseInMenu(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []);
    const item = items?.find((each) => each.label === wanted);
    if (!item) throw new Error(`The menu has no ${wanted}`);
    (item.click as () => void)();
  }, label);
}

type Desktop = { awake: number; mode: string };

/** From here on, what the app asks of the desktop is counted, as if another window were in front. */
async function watchDesktop(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow, powerSaveBlocker }) => {
    const desktop = { awake: 0, mode: 'none' };
    const start = powerSaveBlocker.start.bind(powerSaveBlocker);
    const stop = powerSaveBlocker.stop.bind(powerSaveBlocker);
    const setProgressBar = (fraction: number, options?: { mode?: string }) => {
      desktop.mode = fraction < 0 ? 'none' : (options?.mode ?? 'normal');
    };
    Object.assign(powerSaveBlocker, {
      desktop,
      start: (type: 'prevent-app-suspension') => {
        desktop.awake++;
        return start(type);
      },
      stop: (id: number) => {
        desktop.awake--;
        return stop(id);
      },
    });
    Object.assign(BrowserWindow.getAllWindows()[0] ?? {}, { setProgressBar, isFocused: () => false });
  });
}

function desktopOf(app: ElectronApplication): Promise<Desktop> {
  return app.evaluate(
    ({ powerSaveBlocker }) => (powerSaveBlocker as unknown as { desktop: Desktop }).desktop,
  );
}

/** Process id of the trainer; undefined while it is being started. */
function trainer(home: string): number | undefined {
  try {
    return utilityWith(home, 'libtensorflow').pid;
  } catch {
    return undefined;
  }
}

/** How many threads the process has. Those of TensorFlow are there once it has trained. */
function threadsOf(pid: number | undefined): number {
  return pid === undefined ? 0 : fs.readdirSync(`/proc/${pid}/task`).length;
}
