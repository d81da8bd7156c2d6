/** Runs whose pictures have changed or moved: nothing goes on without a word, and nothing is lost. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { copyClasses, copyFlat } from './image-folder.ts';
import { looksRight } from './looks.ts';
import type { StudioPage } from './studio-page.ts';

const QUESTION = 'alertdialog';

test('a run whose folder was moved goes on once the folder is chosen again', async ({ studio, place }) => {
  const { page } = studio;
  const folder = path.join(place, 'faces');
  copyFlat(folder, 40);
  await trainOn(studio, folder);
  fs.renameSync(folder, path.join(place, 'moved'));

  await studio.selectRun('faces');
  await studio.pressOfRun('Resume');
  const message = page.getByRole('alert').filter({ hasText: 'is not there' });
  await expect(message).toBeVisible();
  await looksRight(studio, 'run-moved');
  await studio.answerOpenDialog(path.join(place, 'moved'));
  await message.getByRole('button', { name: 'Choose the folder again…' }).click();
  await expect(studio.status).toHaveText('Training', { timeout: 60_000 });
  await stop(studio);
  await studio.selectRun('faces');
  await expect(studio.selectedRun.getByText(path.join(place, 'moved'))).toBeVisible();
});

test('a run can be inspected once its pictures are found again', async ({ studio, place }) => {
  const { page } = studio;
  const folder = path.join(place, 'faces');
  copyFlat(folder, 40);
  await trainOn(studio, folder);
  await studio.selectRun('faces');
  await studio.pressOfRun('Open');
  await expect(page.getByTestId('run-step')).toBeVisible();
  fs.renameSync(folder, path.join(place, 'moved'));
  await studio.open('Inspect');
  const message = page.getByRole('main').getByRole('alert');
  await expect(message).toContainText('is not there');
  await looksRight(studio, 'inspect-moved');
  await studio.answerOpenDialog(path.join(place, 'moved'));
  await message.getByRole('button', { name: 'Choose the folder again…' }).click();
  await expect(message).toHaveCount(0);
  await expect(page.getByText('Taking the turn op by op…')).toHaveCount(0);
});

test('a run whose pictures were deleted is asked about, and goes on when the person says so', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  const folder = path.join(place, 'faces');
  const files = copyFlat(folder, 40);
  await trainOn(studio, folder);
  for (const file of files.slice(0, 30)) fs.rmSync(file);

  await studio.selectRun('faces');
  await studio.pressOfRun('Resume');
  const question = page.getByRole(QUESTION);
  await expect(question).toContainText('30');
  await looksRight(studio, 'run-question');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await expect(studio.status).toHaveText('Stopped');

  await studio.pressOfRun('Resume');
  await question.getByRole('button', { name: 'Go on with these pictures' }).click();
  await expect(studio.status).toHaveText('Training', { timeout: 60_000 });
  await expect(page.getByText('on, the run trains on other pictures.')).toBeVisible();
  await looksRight(studio, 'run-goes-on');
  await stop(studio);
  await studio.selectRun('faces');
  await expect(
    studio.selectedRun.getByText(/^From step .* on, the run trains on other pictures\.$/),
  ).toBeVisible();
  await looksRight(studio, 'run-went-on');
});

test('swapped class folders of a conditional run are noticed', async ({ studio, place }) => {
  const folder = path.join(place, 'animals');
  copyClasses(folder, { names: ['cats', 'dogs'], each: 20 });
  await studio.drop(folder);
  await expect(studio.datasetCount).toHaveText('40 pictures');
  await trainBriefly(studio, 'With classes');
  fs.renameSync(path.join(folder, 'cats'), path.join(folder, 'birds'));
  fs.renameSync(path.join(folder, 'dogs'), path.join(folder, 'cats'));
  fs.renameSync(path.join(folder, 'birds'), path.join(folder, 'dogs'));
  await studio.selectRun('animals');
  await studio.pressOfRun('Resume');
  await expect(studio.page.getByRole(QUESTION)).toContainText('The pictures are not those');
  await looksRight(studio, 'run-swapped');
});

test('Start asks when the folder has changed since it was looked at', async ({ studio, place }) => {
  const folder = path.join(place, 'faces');
  const files = copyFlat(folder, 40);
  await studio.drop(folder);
  await expect(studio.datasetCount).toHaveText('40 pictures');
  for (const file of files.slice(0, 10)) fs.rmSync(file);
  await studio.shrinkRun();
  await studio.press('Start');
  const question = studio.page.getByRole(QUESTION);
  await expect(question).toContainText('Start with changed pictures?');
  await looksRight(studio, 'start-question');
  await question.getByRole('button', { name: 'Look at them first' }).click();
  await expect(studio.datasetCount).toHaveText('30 pictures');
  fs.rmSync(files[39] ?? '');
  await studio.press('Start');
  await question.getByRole('button', { name: 'Start with these pictures' }).click();
  await expect(studio.status).toHaveText('Training', { timeout: 60_000 });
});

test('a run that is duplicated without its folder starts nothing until the folder is found', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  const folder = path.join(place, 'faces');
  const files = copyFlat(folder, 40);
  await trainOn(studio, folder);
  await studio.open('Data set');
  await studio.press('Digits');
  await expect(studio.datasetCount).toHaveText('10,000 pictures');
  fs.renameSync(folder, path.join(place, 'moved'));

  await studio.selectRun('faces');
  await studio.pressOfRun('Duplicate with changes');
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await expect(page.getByRole('main').getByRole('alert')).toContainText('is not there');
  await expect(start).toBeDisabled();
  await looksRight(studio, 'duplicate-gone');

  await test.step('other pictures are taken once the person agrees', async () => {
    const moved = path.join(place, 'moved');
    const away = files.slice(0, 10).map((file) => path.join(moved, path.basename(file)));
    for (const file of away) fs.rmSync(file);
    await studio.answerOpenDialog(moved);
    await studio.press('Choose the folder again…');
    await expect(studio.datasetCount).toHaveText('30 pictures');
    const changed = page.getByTestId('changed-pictures');
    await expect(changed).toContainText('The pictures are not those that the run faces was trained on.');
    await looksRight(studio, 'duplicate-changed');
    await changed.getByRole('button', { name: 'Use these pictures' }).click();
    await expect(changed).toHaveCount(0);
    await expect(start).toBeEnabled();
  });
});

async function trainOn(studio: StudioPage, folder: string): Promise<void> {
  await studio.drop(folder);
  await expect(studio.datasetCount).toHaveText('40 pictures');
  await trainBriefly(studio);
}

/** Trains a few steps, with a checkpoint on the way. */
async function trainBriefly(studio: StudioPage, purpose?: string): Promise<void> {
  await studio.shrinkRun({ batch: 8, ...(purpose === undefined ? {} : { purpose }) });
  await studio.set('Checkpoint every (steps)', 5);
  await studio.start();
  await studio.stepAbove(6);
  await stop(studio);
}

async function stop(studio: StudioPage): Promise<void> {
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
}
