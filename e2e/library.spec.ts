/** The run library: it shows runs as they were, and an interrupted one goes on from its checkpoint. */
import fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { processesOf, survivors, utilityWith } from './app-process.ts';
import { expect, launch, test } from './fixtures.ts';
import { pixelsIn } from './pixels.ts';
import { StudioPage } from './studio-page.ts';

/** A run is named after its data set. */
const NAME = 'Digits';
const CHECKPOINT_EVERY = 5;

test('a stopped run is in the library, with its losses and samples as they were', async ({ studio }) => {
  const { page, selectedRun } = studio;
  await trainTo(studio, 12);
  await stop(studio);
  const step = await studio.step();

  await test.step('it is listed, and shown when it is selected', async () => {
    await studio.selectRun(NAME);
    await expect(studio.runs).toHaveCount(1);
    await expect(studio.runs.first()).toContainText('Stopped');
    await expect(studio.runs.first().locator('canvas')).toBeVisible();
    await expect(selectedRun.getByTestId('listing-step')).toHaveText(new RegExp(`^${step} of `));
    await expect(selectedRun.getByText(`${step} steps`, { exact: true })).toBeVisible();
    await expect(studio.sampleGrid).toHaveAttribute('data-step', String(step));
  });

  await test.step('its first samples can be looked at again', async () => {
    const newest = await pixelsIn(studio.sampleGrid);
    await page.getByRole('slider', { name: 'Sample history' }).fill('0');
    await expect(studio.sampleGrid).toHaveAttribute('data-step', '0');
    expect(await pixelsIn(studio.sampleGrid)).not.toBe(newest);
  });

  await test.step('once opened, it is in the Train view and its generator makes images', async () => {
    await studio.pressOfRun('Open');
    await expect(studio.status).toHaveText('Stopped');
    await expect(page.getByTestId('run-step')).toHaveText(new RegExp(`^Step ${step} of `));
    await expect(page.getByText(`${step} steps`, { exact: true })).toBeVisible();
    await expect(studio.sampleGrid.locator('canvas')).toBeVisible();
    await studio.open('Latent space');
    await expect(studio.latentImage.locator('canvas')).toBeVisible();
  });
});

test('a run that cannot be read is listed with the reason, beside those that can', async ({
  studio,
  home,
}) => {
  await trainTo(studio, 6);
  await stop(studio);
  await studio.selectRun(NAME);
  const runs = path.join(home, 'runs');
  fs.mkdirSync(path.join(runs, 'From somebody else'));
  fs.writeFileSync(path.join(runs, 'From somebody else', 'config.json'), JSON.stringify({ version: 999 }));
  await studio.open('Train');
  await studio.open('Runs');
  const notice = studio.page.getByText('From somebody else cannot be opened');
  await expect(notice).toBeVisible();
  await expect(studio.page.getByText('Open it with the newer GAN Studio.')).toBeVisible();
  await expect(studio.runs).toHaveCount(1);
});

test('a name and a note are there after a restart, and are found by a search', async ({
  studio,
  app,
  home,
}) => {
  await trainTo(studio, 6);
  await stop(studio);
  await studio.selectRun(NAME);
  await studio.pressOfRun('Rename');
  await studio.page.getByRole('textbox', { name: 'Name of the run' }).fill('Round digits');
  await studio.page.keyboard.press('Enter');
  await expect(studio.runs.first()).toContainText('Round digits');
  await studio.page.getByRole('textbox', { name: 'Note about this run' }).fill('Zeros come first.');
  await studio.page.keyboard.press('Tab');
  await expect(studio.runs.first()).toContainText('Zeros come first.');
  await app.close();

  await inAnotherApp(home, async (later) => {
    await later.selectRun('Round digits');
    await expect(later.page.getByRole('textbox', { name: 'Note about this run' })).toHaveValue(
      'Zeros come first.',
    );
    const search = later.page.getByRole('searchbox', { name: 'Search runs' });
    await search.fill('ROUND zeros');
    await expect(later.runs).toHaveCount(1);
    await search.fill('ones');
    await expect(later.runs).toHaveCount(0);
  });
});

test('a run is duplicated with changes, and is itself left alone', async ({ studio }) => {
  const { page } = studio;
  await trainTo(studio, 6);
  await stop(studio);
  await studio.openSettings();
  await studio.set('Batch', 32);
  await studio.selectRun(NAME);
  await studio.pressOfRun('Duplicate with changes');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(`${NAME}, changed`);
  await studio.openSettings();
  await expect(page.getByRole('spinbutton', { name: 'Batch', exact: true })).toHaveValue('16');
  await expect(studio.status).toHaveText('Not started');
  await studio.start();
  await stop(studio);
  await studio.open('Runs');
  await expect(studio.runs).toHaveCount(2);
  await expect(studio.runs.first()).toContainText(`${NAME}, changed`);
});

test('a run goes to the trash, once the person has agreed', async ({ studio, app, home }) => {
  const { page } = studio;
  const trash = path.join(home, 'trash');
  await trainTo(studio, 6);
  await stop(studio);
  await app.evaluate(({ shell }) => {
    shell.trashItem = (folder) =>
      new Promise((resolve) => Object.assign(globalThis, { trashing: { folder, done: resolve } }));
  });

  await studio.selectRun(NAME);
  await studio.pressOfRun('Delete…');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(`Move “${NAME}” to the trash?`);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await expect(studio.runs).toHaveCount(1);

  await studio.pressOfRun('Delete…');
  await question.getByRole('button', { name: 'Move to trash' }).click();
  await moveWhatIsTrashed(app, trash);
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
  expect(fs.readdirSync(trash)).toContain('config.json');
});

test('a run that cannot be read is listed with the reason, and goes to the trash as well', async ({
  studio,
  app,
  home,
}) => {
  const { page } = studio;
  const folder = path.join(home, 'runs', 'from elsewhere');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'config.json'), '{ "version": 999 }');
  await app.evaluate(({ shell }) => {
    shell.trashItem = () => Promise.reject(new Error('no trash on this disk'));
  });
  await studio.open('Runs');
  const notice = page.getByRole('status').filter({ hasText: 'from elsewhere cannot be opened' });
  await expect(notice).toContainText('written by a newer GAN Studio');

  const trashIt = async () => {
    await notice.getByRole('button', { name: 'Delete…' }).click();
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText('Move “from elsewhere” to the trash?');
    await question.getByRole('button', { name: 'Move to trash' }).click();
  };
  await trashIt();
  await expect(page.getByRole('alert')).toContainText(
    /could not be moved.*no trash on this disk.*Nothing was deleted/,
  );
  expect(fs.existsSync(folder)).toBe(true);

  await app.evaluate(
    ({ shell }, trash) => {
      type Files = { renameSync(from: string, to: string): void };
      const { mainModule } = process as unknown as { mainModule: { require(name: string): Files } };
      shell.trashItem = (from) => Promise.resolve(mainModule.require('node:fs').renameSync(from, trash));
    },
    path.join(home, 'trash'),
  );
  await trashIt();
  await expect(page.getByRole('heading', { name: 'No runs yet' })).toBeVisible();
  expect(fs.readdirSync(path.join(home, 'trash'))).toEqual(['config.json']);
});

test('a run whose trainer is killed goes on from its checkpoint', async ({ studio, home }) => {
  await trainTo(studio, 12);
  process.kill(utilityWith(home, 'libtensorflow').pid, 'SIGKILL');
  await expect(studio.crashBanner).toContainText('ended unexpectedly');
  await expect(studio.status).toHaveText('Interrupted');
  await expect(studio.crashBanner).toContainText(/checkpoint of step [1-9]/);
  await goOn(studio, 'crash');
});

test('a run of an app that was killed is offered at the next start', async ({ home }) => {
  const app = await launch(home);
  const studio = new StudioPage({ app, page: await app.firstWindow() });
  await studio.ready();
  await trainTo(studio, 12);
  const running = processesOf(home);
  const gone = new Promise((resolve) => app.process().once('exit', resolve));
  app.process().kill('SIGKILL');
  await gone;
  await expect.poll(() => survivors(running), { timeout: 10_000 }).toEqual([]);

  await inAnotherApp(home, async (later) => {
    await expect(later.interruptedBanner).toContainText(`${NAME} was interrupted at step `);
    await goOn(later, 'interrupted');
  });
});

test('a page that is loaded again shows the run that went on meanwhile', async ({ studio }) => {
  await trainTo(studio, 6);
  await studio.page.reload();
  await expect(studio.status).toHaveText('Training');
  await studio.open('Train');
  await studio.stepAbove(12);
  await stop(studio);
  await expect(studio.page.getByText(`${await studio.step()} steps`, { exact: true })).toBeVisible();
});

/** Trains with a checkpoint and a sample grid every few steps, until it is beyond this one. */
async function trainTo(studio: StudioPage, step: number): Promise<void> {
  await studio.shrinkRun();
  await studio.set('Checkpoint every (steps)', CHECKPOINT_EVERY);
  await studio.start();
  await studio.stepAbove(step);
}

async function stop(studio: StudioPage): Promise<void> {
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
}

/** Presses Resume in the banner; then every step up to the newest is there once. */
async function goOn(studio: StudioPage, kind: 'crash' | 'interrupted'): Promise<void> {
  const banner = kind === 'crash' ? studio.crashBanner : studio.interruptedBanner;
  await banner.getByRole('button', { name: 'Resume' }).click();
  await expect(studio.status).toHaveText('Training', { timeout: 60_000 });
  await expect(banner).toBeHidden();
  await studio.stepAbove(20);
  await stop(studio);
  await expect(studio.page.getByText(`${await studio.step()} steps`, { exact: true })).toBeVisible();
}

async function inAnotherApp(home: string, use: (studio: StudioPage) => Promise<void>): Promise<void> {
  const app = await launch(home);
  try {
    const studio = new StudioPage({ app, page: await app.firstWindow() });
    await studio.ready();
    await use(studio);
  } finally {
    await app.close();
  }
}

/** Does the system's part: moves what the app gave to the trash, and says so. */
async function moveWhatIsTrashed(app: ElectronApplication, trash: string): Promise<void> {
  type Trashing = typeof globalThis & { trashing?: { folder: string; done: () => void } };
  await expect.poll(() => app.evaluate(() => (globalThis as Trashing).trashing?.folder)).toBeTruthy();
  const folder = await app.evaluate(() => (globalThis as Trashing).trashing?.folder ?? '');
  fs.renameSync(folder, trash);
  await app.evaluate(() => (globalThis as Trashing).trashing?.done());
}
