/**
 * Data sets: exactly what is dropped is trained on, pictures can be left out, and all is kept for the next
 * start.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, launch, test } from './fixtures.ts';
import { copyClasses, copyFlat, fillFolder, writeZip } from './image-folder.ts';
import { looksRight, photograph, resize } from './looks.ts';
import { StudioPage } from './studio-page.ts';

test('two of forty files that are dropped are two pictures', async ({ studio, place }) => {
  const files = copyFlat(place, 40);
  await studio.drop(files[3] ?? '', files[7] ?? '');
  await expect(studio.datasetCount).toHaveText('2 pictures');
  await expect(studio.page.getByText('With 2 pictures, the generator (G) will copy them')).toBeVisible();
  await photograph(studio, 'data-two-files');
});

test('two folders are two classes, each in a row', async ({ studio, place }) => {
  copyClasses(place, { names: ['cats', 'dogs'], each: 30 });
  fs.rmSync(path.join(place, 'dogs'), { recursive: true });
  copyFlat(path.join(place, 'dogs'), 8, 60);
  await studio.drop(path.join(place, 'cats'), path.join(place, 'dogs'));
  await expect(studio.datasetCount).toHaveText('38 pictures');
  await expect(studio.page.getByRole('group', { name: 'cats, 30 pictures' })).toBeVisible();
  await expect(studio.page.getByRole('group', { name: 'dogs, 8 pictures' })).toBeVisible();
  await expect(studio.page.getByText('cats has 30 pictures and dogs 8')).toBeVisible();
  await photograph(studio, 'data-two-classes');

  await studio.page.getByRole('switch', { name: 'Even out classes' }).click();
  await expect(studio.page.getByTestId('dataset-progress')).toHaveCount(0);
  await studio.choose('Classes', 'Ignored');
  await expect(studio.page.getByRole('region', { name: 'Pictures of each class' })).toHaveCount(0);
  await expect(studio.datasetCount).toHaveText('38 pictures');
});

test('a folder and a file, files of two folders, and an archive are each taken as they are', async ({
  studio,
  place,
}) => {
  const one = copyFlat(path.join(place, 'one'), 10);
  const two = copyFlat(path.join(place, 'two'), 10, 10);
  await studio.drop(path.join(place, 'one'), two[0] ?? '');
  await expect(studio.datasetCount).toHaveText('11 pictures');
  await studio.drop(one[0] ?? '', one[1] ?? '', two[0] ?? '');
  await expect(studio.datasetCount).toHaveText('3 pictures');

  const archive = path.join(place, 'some.zip');
  writeZip(archive, one);
  await studio.answerOpenDialog(archive);
  await studio.press('Choose files…');
  await expect(studio.datasetCount).toHaveText('10 pictures');
  await studio.answerOpenDialog(path.join(place, 'one'), path.join(place, 'two'));
  await studio.press('Choose folder…');
  await expect(studio.datasetCount).toHaveText('20 pictures');
});

test('unusable files are listed after one click, and opened data sets can be opened again', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  const faces = path.join(place, 'faces');
  fillFolder(faces, 60);
  await studio.drop(faces);
  await expect(studio.datasetCount).toHaveText('60 pictures');
  await photograph(studio, 'data-left-out');
  await resize(studio, { width: 1280, height: 800 });
  await studio.press('4 left out');
  await expect(studio.leftOut).toBeInViewport();
  await expect(studio.leftOut.getByRole('listitem').first()).toBeVisible();

  await studio.press('Digits');
  await expect(studio.datasetCount).toHaveText('10,000 pictures');
  const before = page.getByRole('region', { name: 'Opened before' });
  await photograph(studio, 'data-opened-before');
  await before.getByRole('button', { name: /^faces 60 pictures/ }).focus();
  await page.keyboard.press('Enter');
  await expect(studio.datasetCount).toHaveText('60 pictures');
  await studio.press('Digits');
  await expect(studio.datasetCount).toHaveText('10,000 pictures');
  await before.getByRole('button', { name: 'Forget faces' }).click();
  await expect(before).toHaveCount(0);
});

test('a picture is left out with the keyboard, and stays so when the app is opened again', async ({
  studio,
  app,
  place,
  home,
}) => {
  const { page } = studio;
  const folder = path.join(place, 'faces');
  copyFlat(folder, 24);
  await studio.drop(folder);
  await expect(studio.datasetCount).toHaveText('24 pictures');

  await test.step('arrow keys walk the grid, and Delete leaves out', async () => {
    const cells = page.getByRole('group', { name: 'Pictures', exact: true }).getByRole('button');
    await expect(cells).toHaveCount(24);
    await cells.first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(cells.nth(1)).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(cells.nth(1)).toHaveAccessibleName(/, left out$/);
    await expect(studio.datasetCount).toHaveText('23 pictures');
    await expect(page.getByRole('button', { name: '1 left out' })).toBeVisible();
    await page.keyboard.press('x');
    await expect(studio.datasetCount).toHaveText('24 pictures');
    await page.keyboard.press('End');
    await expect(cells.last()).toBeFocused();
  });

  await test.step('Enter shows a picture large, and the keys go on there', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('img', { name: /as it is$/ })).toBeVisible();
    // There is no picture before the first, but the button keeps the focus, and so the keys go on working.
    const previous = dialog.getByRole('button', { name: 'Previous picture' });
    await previous.focus();
    await page.keyboard.press('Enter');
    await expect(previous).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(dialog.getByText('3 of 24 shown')).toBeVisible();
    await dialog.getByRole('button', { name: 'Leave out' }).click();
    await expect(dialog.getByText('It is left out.')).toBeVisible();
    await looksRight(studio, 'data-large-view');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(page.locator('[data-index="2"]')).toBeFocused();
    await expect(studio.datasetCount).toHaveText('23 pictures');
    await looksRight(studio, 'data-one-left-out');
  });

  await app.close();
  const later = await launch(home);
  try {
    const reopened = new StudioPage({ app: later, page: await later.firstWindow() });
    await reopened.ready('23 pictures');
    await reopened.press('1 left out');
    await reopened.press('Put all back');
    await expect(reopened.datasetCount).toHaveText('24 pictures');
  } finally {
    await later.close();
  }
});

test('a last data set that is gone is not replaced by the digits', async ({ studio, app, place, home }) => {
  const folder = path.join(place, 'faces');
  copyFlat(folder, 24);
  await studio.drop(folder);
  await expect(studio.datasetCount).toHaveText('24 pictures');
  await app.close();
  fs.renameSync(folder, path.join(place, 'moved'));
  const later = await launch(home);
  try {
    const reopened = new StudioPage({ app: later, page: await later.firstWindow() });
    await reopened.open('Data set');
    await expect(reopened.page.getByRole('main').getByRole('alert')).toContainText('is not there');
    await expect(reopened.hindrance).toContainText('is not there');
    await expect(reopened.page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled();
    await looksRight(reopened, 'data-gone');
  } finally {
    await later.close();
  }
});
