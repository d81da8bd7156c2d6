/**
 * The run bar: it is about one run and offers what fits its state, so that nobody loses or mistakes a run.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { copyFlat } from './image-folder.ts';
import { photographInBoth } from './looks.ts';

test('a stopped run goes on where it was; a new run is another one, on what was dropped since', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  const title = page.getByRole('banner').getByRole('heading', { level: 1 });
  await studio.shrinkRun();
  await studio.start();
  await studio.stepAbove(6);
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  const stopped = await studio.step();

  await test.step('its last state is among the samples', async () => {
    await expect(studio.sampleGrid).toHaveAttribute('data-step', String(stopped));
  });

  await test.step('what is dropped meanwhile is for a new run, and says so', async () => {
    copyFlat(path.join(place, 'faces'), 40);
    await studio.drop(path.join(place, 'faces'));
    await expect(studio.datasetCount).toHaveText('40 pictures');
    await expect(title).toHaveText('faces');
    await expect(studio.status).toHaveText('Not started');
    await studio.open('Latent space');
    await expect(title).toHaveText('Digits');
    await expect(studio.status).toHaveText('Stopped');
  });

  await test.step('Resume goes on with the stopped run', async () => {
    await studio.press('Resume');
    await expect(studio.status).toHaveText('Training', { timeout: 60_000 });
    await expect(title).toHaveText('Digits');
    await studio.stepAbove(stopped + 3);
    await studio.press('Stop');
    await expect(studio.status).toHaveText('Stopped');
  });

  await test.step('what it was trained with is one click away', async () => {
    await studio.press('Settings of this run');
    const settings = page.getByRole('dialog', { name: 'Settings of “Digits”' });
    await expect(settings).toContainText('28 × 28, grey');
    await page.keyboard.press('Escape');
    await expect(settings).toBeHidden();
  });

  await test.step('a new run starts at step 1 under its own name, and the old one stays as it was', async () => {
    await studio.start();
    await expect(title).toHaveText('faces');
    await studio.press('Stop');
    await expect(studio.status).toHaveText('Stopped');
    await studio.open('Runs');
    await expect(studio.runs).toHaveCount(2);
    await studio.selectRun('Digits');
    await expect(studio.selectedRun.getByTestId('listing-step')).toHaveText(/^\d+ of /);
    await expect(studio.sampleGrid).toBeVisible();
  });

  await test.step('the lab and the catalogue have no run bar', async () => {
    for (const view of ['2-D lab', 'Catalogue'] as const) {
      await studio.open(view);
      await expect(studio.status).toHaveCount(0);
      await expect(page.getByRole('button', { name: 'Start', exact: true })).toHaveCount(0);
    }
  });
});

test('a start that is cancelled leaves no run, and a run in the trash is not shown', async ({
  studio,
  home,
}) => {
  const { page } = studio;
  await studio.shrinkRun();
  await studio.start();
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
  const runs = () => fs.readdirSync(path.join(home, 'runs'));
  expect(runs()).toHaveLength(1);
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true });

  await studio.setUp();
  await studio.press('Start');
  await expect(studio.status).toHaveText('Starting');
  await cancel.click();
  await expect(studio.status).toHaveText('Not started');
  expect(runs()).toHaveLength(1);

  await test.step('the run that was open is shown as before', async () => {
    await studio.open('Latent space');
    await expect(page.getByRole('banner').getByRole('heading', { level: 1 })).toHaveText('Digits');
    await expect(studio.status).toHaveText('Stopped');
    expect(await studio.ask('run.current', {})).toMatchObject({
      ok: true,
      output: { status: 'stopped', config: { name: 'Digits' } },
    });
    await studio.open('Runs');
    await expect(studio.runs).toHaveCount(1);
  });

  await test.step('a resume that is cancelled leaves the run stopped where it was', async () => {
    await studio.open('Latent space');
    const step = await studio.step();
    await studio.press('Resume');
    await cancel.click();
    await expect(studio.status).toHaveText('Stopped');
    expect(await studio.step()).toBe(step);
    await studio.open('Runs');
    await expect(studio.runs.first()).toContainText('Stopped');
  });

  await studio.selectRun('Digits');
  await studio.pressOfRun('Delete…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click();
  await studio.open('Latent space');
  await expect(page.getByRole('button', { name: 'Set up a run' })).toBeVisible();
});

test('a last state that the disk refuses waits, and is saved once the disk accepts it', async ({
  studio,
  home,
}) => {
  const { page } = studio;
  const trouble = page.getByTestId('run-trouble');
  await studio.shrinkRun();
  await studio.start();
  const runs = path.join(home, 'runs');
  const checkpoints = path.join(runs, fs.readdirSync(runs)[0] ?? '', 'checkpoints');
  fs.rmSync(checkpoints, { recursive: true });
  fs.writeFileSync(checkpoints, 'in the way');
  await studio.press('Stop');

  await expect(studio.status).toHaveText('Not saved');
  await expect(trouble).toHaveCount(1);
  await photographInBoth(studio, 'not-saved');
  const again = page.getByRole('banner').getByRole('button', { name: 'Save again' });
  await again.click();
  await expect(again).toBeEnabled();
  await expect(trouble).toHaveCount(1);
  await expect(studio.status).toHaveText('Not saved');

  fs.rmSync(checkpoints);
  fs.mkdirSync(checkpoints);
  await again.click();
  await expect(studio.status).toHaveText('Stopped');
  await expect(trouble).toHaveCount(0);
  expect(fs.readdirSync(checkpoints).length).toBeGreaterThan(0);
});

test('Enter in the field of a name saves it, once', async ({ studio }) => {
  const { page } = studio;
  await studio.shrinkRun();
  await studio.start();
  await studio.press('Stop');
  await studio.selectRun('Digits');
  await studio.pressOfRun('Rename');
  const field = page.getByRole('textbox', { name: 'Name of the run' });
  await field.fill('Round');
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(studio.selectedRun.getByRole('heading', { name: 'Round', exact: true })).toBeVisible();
  await expect(page.getByRole('banner').getByRole('heading', { level: 1 })).toHaveText('Round');
});
