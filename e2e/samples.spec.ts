/**
 * Samples fill their card, are found by their step, and open large, where the keyboard alone goes through
 * them, saves and explores them.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import { photographInBoth, resize, seriousProblems } from './looks.ts';
import { pixelsIn } from './pixels.ts';
import type { StudioPage } from './studio-page.ts';
import { written } from './written.ts';

/** Steps between sample grids, see `shrinkRun`. */
const EVERY = 5;
const SIDE = 28;
const ENLARGED = 4;

test('samples are as large as their card, whatever its shape', async ({ studio }) => {
  await trainAndStop(studio);
  for (const [width, height] of [
    [1600, 1000],
    [900, 600],
  ] as const) {
    await resize(studio, { width, height });
    await expect
      .poll(async () => {
        const [room, picture] = await Promise.all([
          studio.sampleGrid.boundingBox(),
          studio.sampleGrid.locator('canvas').boundingBox(),
        ]);
        if (!room || !picture) return 0;
        return Math.max(picture.width / room.width, picture.height / room.height);
      })
      .toBeGreaterThan(0.84);
  }
});

test('a step that is typed shows the nearest samples, and Newest follows the run again', async ({
  studio,
}) => {
  const { page } = studio;
  const last = await trainAndStop(studio);
  const step = page.getByRole('textbox', { name: 'Step', exact: true });
  await step.fill('6');
  await step.press('Enter');
  await expect(studio.sampleGrid).toHaveAttribute('data-step', String(EVERY));
  await expect(step).toHaveValue(String(EVERY));
  await studio.press('Earlier samples');
  await expect(studio.sampleGrid).toHaveAttribute('data-step', '0');
  await page.getByRole('slider', { name: 'Sample history' }).press('ArrowRight');
  await expect(studio.sampleGrid).toHaveAttribute('data-step', String(EVERY));
  await studio.press('Newest');
  await expect(studio.sampleGrid).toHaveAttribute('data-step', String(last));
});

test('a sample opens large, and is walked, saved and explored by the keyboard', async ({ studio, place }) => {
  const { page } = studio;
  const last = await trainAndStop(studio);
  const large = page.getByTestId('large-sample');

  await test.step('Enter on a picture shows it large; arrow keys go to its neighbours and through the steps', async () => {
    await sample(studio, 1).focus();
    await page.keyboard.press('ArrowRight');
    await expect(sample(studio, 2)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(large).toHaveAttribute('data-index', '1');
    await page.keyboard.press('ArrowRight');
    await expect(large).toHaveAttribute('data-index', '2');
    await page.keyboard.press('ArrowUp');
    await expect(large).not.toHaveAttribute('data-step', String(last));
    await expect(page.getByText(/The picture is of an earlier step\./)).toBeVisible();
    await page.keyboard.press(']');
    await expect(large).toHaveAttribute('data-step', String(last));
    await photographInBoth(studio, 'sample-large');
    expect(await seriousProblems(studio)).toEqual([]);
  });

  await test.step('it is saved enlarged', async () => {
    const file = path.join(place, 'sample.png');
    await studio.answerFileDialog(file);
    await studio.choose('Size of the saved picture', `${ENLARGED}×`);
    await studio.press('Save…');
    await written(file);
    const png = fs.readFileSync(file);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([ENLARGED * SIDE, ENLARGED * SIDE]);
  });

  await test.step('the numbers of its latent point are copied', async () => {
    await expect(page.getByTestId('sample-z')).toHaveText(/^[−\d]/);
    await studio.press('Copy z');
    const copied = await studio.app.evaluate(({ clipboard }) => clipboard.readText());
    const numbers = JSON.parse(copied) as unknown[];
    expect(numbers.length).toBeGreaterThan(8);
    expect(numbers.every((number) => typeof number === 'number')).toBe(true);
  });

  await test.step('Escape gives the focus back to the picture', async () => {
    await page.keyboard.press('Escape');
    await expect(large).toHaveCount(0);
    await expect(sample(studio, 3)).toBeFocused();
  });

  await test.step('Explore makes it A, with what the generator makes of it', async () => {
    const grid = await pixelsIn(studio.sampleGrid);
    await page.keyboard.press('Enter');
    await studio.press('Explore from here');
    await expect(page.getByTestId('end-sample')).toHaveText('Sample 3');
    await expect(studio.latentImage).toHaveAttribute('data-position', '0.000');
    await expect(studio.latentImage.locator('canvas')).toBeVisible();
    await studio.press('Back to a seed for A');
    await expect(page.getByRole('spinbutton', { name: 'Seed of A' })).toBeVisible();
    await studio.open('Train');
    expect(await pixelsIn(studio.sampleGrid)).toBe(grid);
  });
});

test('a run that is not open has no latent point to show', async ({ studio }) => {
  const { page } = studio;
  await trainAndStop(studio);
  await trainAndStop(studio);
  await studio.open('Runs');
  await studio.runs.last().click();
  await expect(studio.sampleGrid).toBeVisible();
  await sample(studio, 1).click();
  await expect(page.getByTestId('large-sample')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save…' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Explore from here' })).toHaveCount(0);
});

test('a sheet is seen before it is saved, at the size that is chosen', async ({ studio, place }) => {
  const { page } = studio;
  await trainAndStop(studio);
  await studio.open('Export');
  const preview = page.getByTestId('sheet-preview');
  await expect(preview.locator('canvas')).toBeVisible();
  const before = await pixelsIn(preview);
  await studio.set('Pictures', 1);
  await expect.poll(() => pixelsIn(preview)).not.toBe(before);
  await studio.choose('Size of each picture', '8×');
  const file = path.join(place, 'sheet.png');
  await studio.answerFileDialog(file);
  await studio.press('Save sheet…');
  await written(file);
  expect(fs.readFileSync(file).readUInt32BE(16)).toBe(8 * SIDE);
});

/** The picture of this number, counted from 1. */
function sample({ sampleGrid }: StudioPage, number: number) {
  return sampleGrid.getByRole('button', { name: new RegExp(`^Sample ${number},`) });
}

/** Trains until there are some samples; returns the step of the newest ones. */
async function trainAndStop(studio: StudioPage): Promise<number> {
  await studio.shrinkRun();
  await studio.start();
  await studio.stepAbove(2 * EVERY);
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped', { timeout: 60_000 });
  await expect(studio.sampleGrid).toHaveAttribute('data-step', /^[1-9]/);
  return Number(await studio.sampleGrid.getAttribute('data-step'));
}
