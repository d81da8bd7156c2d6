/** Exports: several formats at once, the best checkpoint, and pictures by their seeds. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { looksRight } from './looks.ts';
import { pixelsIn } from './pixels.ts';
import type { StudioPage } from './studio-page.ts';

const ALL = ['Web page', 'ONNX', 'PyTorch', 'Keras', 'TensorFlow SavedModel', 'TensorFlow.js', 'safetensors'];
const CHECKPOINT_EVERY = 20;
/** More than the run makes, so that no checkpoint is pruned before it is stopped. */
const KEPT = 200;
const SIDE = 28;

test('formats are exported together, each into a folder of its own, with the result of its check', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  await trainAndStop(studio);
  await studio.open('Export');
  await expect(page.getByRole('checkbox', { name: 'Web page', exact: true })).toBeChecked();
  const layouts = page.getByRole('radiogroup', { name: 'Where the channels of pictures stand in ONNX' });
  await expect(layouts).toHaveCount(0);
  await studio.chooseFormats();
  await expect(page.getByRole('button', { name: 'Export…', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await studio.chooseFormats('Web page', 'ONNX');
  await layouts.getByRole('radio', { name: 'Channels last', exact: true }).click();
  const mine = path.join(place, 'mine.txt');
  fs.writeFileSync(mine, 'mine');

  await studio.exportTo(place, 'Web page', 'ONNX');
  const step = await studio.step();
  for (const [index, format] of ['html', 'onnx'].entries()) {
    const result = studio.exported.nth(index);
    await expect(result).toContainText(/Checked in .*: equal/);
    const folder = await result.locator('code').innerText();
    expect(path.basename(folder)).toMatch(new RegExp(`-step-\\d+-${format}$`));
    expect(fs.existsSync(path.join(folder, 'README.md'))).toBe(true);
    await result.getByText(/^\d+ files?$/).click();
    await expect(result.getByTestId('exported-files')).toContainText('README.md');
  }
  expect(await studio.step()).toBe(step);
  expect(fs.readFileSync(mine, 'utf8')).toBe('mine');
  expect(fs.readdirSync(place)).toHaveLength(3);
  await looksRight(studio, 'export-results');

  await studio.exportTo(place, 'Web page');
  await expect(studio.exported.locator('code')).toHaveText(/-html 2$/);
});

test('an export that is cancelled, or has no place to go to, leaves nothing behind', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  await trainAndStop(studio);
  await studio.open('Export');
  await studio.chooseFormats(...ALL);
  await studio.answerOpenDialog(place);
  await studio.press(`Export ${ALL.length} formats…`);
  await expect(page.getByTestId('exporting')).toContainText(/(Writing|Checking) .*…/);
  await page.getByTestId('exporting').getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('The export was cancelled', { exact: true })).toBeVisible();
  await expect(page.getByTestId('exporting')).toHaveCount(0);
  expect(fs.readdirSync(place)).toEqual([]);

  const file = path.join(place, 'mine.txt');
  fs.writeFileSync(file, 'mine');
  await studio.answerOpenDialog(file);
  await studio.press(`Export ${ALL.length} formats…`);
  const alert = page.getByRole('region', { name: 'Generator', exact: true }).getByRole('alert');
  await expect(alert).toContainText('was not written: a part of its path is a file, not a folder.');
  await expect(alert).toContainText('Choose another folder.');
  await looksRight(studio, 'export-refused');
  expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  expect(fs.readdirSync(place)).toEqual(['mine.txt']);
});

test('the best checkpoint is exported unless the person wants the one that is open', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  await trainAndStop(studio, 3 * CHECKPOINT_EVERY);
  const checkpoints = page.getByTestId('checkpoint');
  await expect(checkpoints.filter({ hasText: 'Best' })).toBeVisible();
  const best = Number(await checkpoints.filter({ hasText: 'Best' }).getAttribute('data-step'));
  const open = best === CHECKPOINT_EVERY ? 2 * CHECKPOINT_EVERY : CHECKPOINT_EVERY;
  await studio.press(`Open step ${open}`);
  await expect.poll(() => studio.step()).toBe(open);

  await studio.exportTo(place, 'safetensors');
  await expect(studio.exported.locator('code')).toHaveText(new RegExp(`-step-${best}-safetensors$`));
  const preview = page.getByTestId('sheet-preview');
  const ofTheBest = await pixelsIn(preview);
  await studio.choose('Checkpoint to export', `Opened (step ${open})`);
  await expect.poll(() => pixelsIn(preview)).not.toBe(ofTheBest);
  await studio.exportTo(place, 'safetensors');
  await expect(studio.exported.locator('code')).toHaveText(new RegExp(`-step-${open}-safetensors$`));
  expect(await studio.step()).toBe(open);
});

test('pictures are saved each in a file that is named by its seed, as large and smooth as they are seen', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  await trainAndStop(studio);
  await studio.open('Export');
  const preview = page.getByTestId('sheet-preview');
  await studio.choose('What is saved', 'Separate files');
  await studio.set('Pictures', 3);
  await studio.set('First seed', 17);
  await studio.choose('Size of each picture', '4×');
  await expect(page.getByRole('img', { name: 'Preview: 3 pictures', exact: true })).toBeVisible();
  const sharp = await pixelsIn(preview);
  await studio.choose('How pictures are enlarged', 'Smooth');
  await expect.poll(() => pixelsIn(preview)).not.toBe(sharp);
  await looksRight(studio, 'export-pictures');

  await studio.answerOpenDialog(place);
  const card = page.getByRole('region', { name: 'Pictures', exact: true });
  for (const ending of [/pictures$/, /pictures 2$/]) {
    await studio.press('Save 3 pictures…');
    await expect(card.getByText(/^3 pictures saved, /)).toBeVisible();
    await expect(card.locator('code')).toHaveText(ending);
  }
  const folder = await card.locator('code').innerText();
  const files = fs.readdirSync(folder).sort();
  expect(files.map((name) => /seed (\d+)( class .*)?\.png$/.exec(name)?.[1])).toEqual(['17', '18', '19']);
  for (const name of files) expect(fs.readFileSync(path.join(folder, name)).readUInt32BE(16)).toBe(4 * SIDE);
});

/** Trains until there are some checkpoints, and stops. */
async function trainAndStop(studio: StudioPage, step = CHECKPOINT_EVERY): Promise<void> {
  await studio.shrinkRun();
  await studio.set('Checkpoint every (steps)', CHECKPOINT_EVERY);
  await studio.set('Checkpoints kept', KEPT);
  await studio.start();
  await studio.stepAbove(step);
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped', { timeout: 60_000 });
}
