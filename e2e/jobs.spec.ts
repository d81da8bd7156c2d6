/** Three whole jobs, as people do them. The time of each is printed. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { copyFlat } from './image-folder.ts';
import { photographInBoth } from './looks.ts';
import type { StudioPage } from './studio-page.ts';

/** Prints how long a part of a job took. */
async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work();
  console.log(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return result;
}

test('an artist drops 300 emoji, trains what is recommended, and saves a large sample', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  const folder = path.join(place, 'emoji');
  copyFlat(folder, 300);
  await timed('artist, whole job', async () => {
    await timed('artist, drop to ready', async () => {
      await studio.drop(folder);
      await expect(studio.datasetCount).toHaveText('300 pictures');
    });
    await studio.choose('Training size', '32');
    await studio.open('Train');
    await expect(
      page.getByRole('radio', { name: 'Few pictures. Recommended for your 300 pictures', exact: true }),
    ).toBeChecked();
    await expect(page.getByText(/^About .+ on this computer\.$/)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByTestId('disk-use')).toHaveText(/^At most .+ on the disk, where .+ are free\.$/);
    await photographInBoth(studio, 'emoji-setup');
    await timed('artist, Start to the first samples', async () => {
      await studio.press('Start');
      await expect(studio.sampleGrid).toHaveAttribute('data-step', '0', { timeout: 90_000 });
    });
    await studio.stepAbove(5);
    await photographInBoth(studio, 'emoji-training');
    await studio.press('Stop');
    await expect(studio.status).toHaveText('Stopped', { timeout: 60_000 });
    await studio.sampleGrid.getByRole('button').first().click();
    const large = page.getByTestId('large-sample');
    await expect(large).toBeVisible();
    await photographInBoth(studio, 'emoji-large-sample');
    await studio.choose('Size of the saved picture', '8×');
    const file = path.join(place, 'face.png');
    await studio.answerFileDialog(file);
    await studio.press('Save…');
    await expect.poll(() => sizeOfPng(file)).toEqual({ width: 256, height: 256 });
  });
});

test('an engineer stops, resumes, trains longer and exports', async ({ studio, place }) => {
  const { page } = studio;
  await timed('engineer, whole job', async () => {
    await studio.shrinkRun();
    await studio.set('Steps', 400);
    await studio.start();
    await studio.press('Stop');
    await expect(studio.status).toHaveText('Stopped');
    const stopped = await studio.step();
    expect(stopped).toBeLessThan(400);

    await studio.press('Resume');
    await expect(studio.status).toHaveText('Finished', { timeout: 60_000 });
    expect(await studio.step()).toBe(400);
    await expect(page.getByTestId('outcome')).toContainText('400 steps');
    await expect(studio.sampleGrid).toHaveAttribute('data-step', '400');

    await photographInBoth(studio, 'finished');
    await studio.press('Train longer…');
    await photographInBoth(studio, 'train-longer');
    await page.getByRole('dialog').getByRole('spinbutton', { name: 'More steps', exact: true }).fill('20');
    await page.getByRole('dialog').getByRole('button', { name: 'Train longer', exact: true }).click();
    await expect.poll(() => studio.step(), { timeout: 60_000 }).toBe(420);
    await expect(studio.status).toHaveText('Finished');

    const target = path.join(place, 'exports');
    fs.mkdirSync(target);
    await studio.exportTo(target, 'TensorFlow.js');
    await expect(page.getByTestId('exported-files')).toContainText('generator.json');
    await photographInBoth(studio, 'exported');
  });
});

test('a person with only a keyboard trains, pauses, stops, opens a sample and finds the run', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.shrinkRun();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await timed('keyboard, whole job', async () => {
    await tabTo(studio, 'Start');
    await page.keyboard.press('Enter');
    await expect(studio.status).toHaveText('Training', { timeout: 60_000 });
    await expect.poll(() => focused(studio)).toBe('Pause');
    await page.keyboard.press('Enter');
    await expect(studio.status).toHaveText('Paused');
    await expect.poll(() => focused(studio)).toBe('Resume');
    await page.keyboard.press('Enter');
    await expect(studio.status).toHaveText('Training');
    await expect.poll(() => focused(studio)).toBe('Pause');
    await page.keyboard.press('Tab');
    expect(await focused(studio)).toBe('Stop');
    await page.keyboard.press('Enter');
    await expect(studio.status).toHaveText('Stopped');
    await expect.poll(() => focused(studio)).toBe('New run');

    await tabTo(studio, /^Sample 1\b/);
    await page.keyboard.press('ArrowRight');
    expect(await focused(studio)).toMatch(/^Sample 2\b/);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('large-sample')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('large-sample')).toBeHidden();
    await expect.poll(() => focused(studio)).toMatch(/^Sample 2\b/);

    await tabTo(studio, 'Runs');
    await page.keyboard.press('Enter');
    await expect(studio.selectedRun.getByRole('heading', { name: 'Digits', exact: true })).toBeVisible();
    await tabTo(studio, 'Rename');
    await page.keyboard.press('Enter');
    await page.keyboard.type('By hand');
    await page.keyboard.press('Enter');
    await expect(studio.selectedRun.getByRole('heading', { name: 'By hand', exact: true })).toBeVisible();
    expect(await focused(studio)).toBe('Rename');
  });
});

/** Presses Tab until something of this name has the focus. */
async function tabTo(studio: StudioPage, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await studio.page.keyboard.press('Tab');
    const here = await focused(studio);
    if (typeof name === 'string' ? here === name : name.test(here)) return;
  }
  throw new Error(`Tab does not lead to ${String(name)}.`);
}

/** The name of what has the focus. */
function focused({ page }: StudioPage): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
  });
}

/** Undefined until the file is there whole. */
function sizeOfPng(file: string): { width: number; height: number } | undefined {
  if (!fs.existsSync(file)) return undefined;
  const bytes = fs.readFileSync(file);
  return bytes.length < 24 ? undefined : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
