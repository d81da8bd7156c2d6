/** The whole way: a folder is dropped, a network trains on it, and the exported generator works elsewhere. */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { environmentOf, executable, expect, launch, launchArguments, test } from './fixtures.ts';
import { DAMAGED, fillFolder } from './image-folder.ts';
import { pixelsIn } from './pixels.ts';
import { StudioPage } from './studio-page.ts';
import { written } from './written.ts';

const IMAGES = 200;
/** More than a slow machine's and fewer than a second's on a fast one. */
const STEPS_IN_A_TENTH_OF_A_SECOND = 10;

test('a dropped folder becomes a generator that works outside the app', async ({ studio, place }) => {
  const { page } = studio;
  const folder = path.join(place, 'my "emoji" 🎨');
  fs.mkdirSync(folder);
  fillFolder(folder, IMAGES);

  await test.step('the folder is dropped, and files that are no pictures are named', async () => {
    await studio.drop(folder);
    await expect(studio.datasetCount).toHaveText(`${IMAGES} pictures`);
    for (const summary of await studio.leftOut.locator('summary').all()) await summary.click();
    for (const name of [...DAMAGED, 'about these pictures.txt'])
      await expect(studio.leftOut).toContainText(name);
    await expect(studio.leftOut.getByRole('listitem')).toHaveCount(DAMAGED.length + 1);
  });

  await test.step('the pictures are prepared again for another size', async () => {
    await studio.choose('Training size', '32');
    await expect(page.getByText('as the network will see them, 32 × 32, colour')).toBeVisible();
    await expect(studio.datasetCount).toHaveText(`${IMAGES} pictures`);
  });

  await test.step('losses and samples come live', async () => {
    await studio.shrinkRun();
    await studio.start();
    await expect(studio.lossChart).toBeVisible();
    const curve = await pixelsIn(studio.lossChart);
    await expect.poll(() => pixelsIn(studio.lossChart)).not.toBe(curve);
    await expect(studio.sampleGrid).toHaveAttribute('data-step', /^[1-9]/, { timeout: 60_000 });
    const grid = await studio.sampleGrid.getAttribute('data-step');
    const before = await pixelsIn(studio.sampleGrid);
    await expect.poll(() => studio.sampleGrid.getAttribute('data-step')).not.toBe(grid);
    await expect.poll(() => pixelsIn(studio.sampleGrid)).not.toBe(before);
  });

  await test.step('a paused run stands still, and goes on', async () => {
    await studio.press('Pause');
    await expect(studio.status).toHaveText('Paused');
    const held = await studio.step();
    await page.waitForTimeout(1500);
    expect(await studio.step()).toBe(held);
    await studio.press('Resume');
    await expect(studio.status).toHaveText('Training');
    await studio.stepAbove(held);
  });

  await test.step('the latent space answers while the run trains', async () => {
    await studio.open('Latent space');
    await expect(studio.latentImage.locator('canvas')).toBeVisible();
    await studio.moveTo(0);
    await expect(studio.latentImage).toHaveAttribute('data-position', '0.000');
    const atA = await pixelsIn(studio.latentImage);
    await studio.moveTo(1);
    await expect.poll(() => pixelsIn(studio.latentImage)).not.toBe(atA);
    await expect(studio.status).toHaveText('Training');
  });

  await test.step('stopping takes a step at most', async () => {
    await studio.open('Train');
    const { before, after } = await studio.stopAtOnce();
    // One step may be running, and the two questions may lie a tenth of a second apart.
    expect(after - before).toBeLessThanOrEqual(2 + STEPS_IN_A_TENTH_OF_A_SECOND);
    await expect(studio.status).toHaveText('Stopped');
    await page.waitForTimeout(500);
    expect(await studio.step()).toBe(after);
  });

  await test.step('the exported generator makes the same images in plain TensorFlow.js', async () => {
    const target = path.join(place, 'exports');
    fs.mkdirSync(target);
    await studio.exportTo(target, 'TensorFlow.js');
    await expect(page.getByTestId('exported-files')).toContainText('generator.json');
    const [name] = fs.readdirSync(target);
    const { difference, shape } = inPlainTfjs(path.join(target, name ?? ''));
    expect(difference).toBeLessThan(1e-4);
    expect(shape).toEqual([2, 32, 32, 3]);
  });

  await test.step('the sample sheet is a picture', async () => {
    const sheet = path.join(place, 'sheet.png');
    await studio.answerFileDialog(sheet);
    await studio.press('Save sheet…');
    expect(await written(sheet)).toBeGreaterThan(1000);
    expect(fs.readFileSync(sheet).subarray(1, 4).toString()).toBe('PNG');
  });
});

test('another optimiser, a schedule and clipping are trained with, and listed with the run', async ({
  studio,
  home,
}) => {
  await studio.shrinkRun();
  await studio.select('Optimiser', 'RMSProp');
  await studio.choose('Learning rate schedule', 'Cosine');
  await studio.set('Fall from step', 2);
  await studio.set('Fall over (steps)', 30);
  await studio.set('Fall to (fraction)', 0.1);
  await studio.set('Clip gradients at norm', 5);
  await studio.start();
  await studio.stepAbove(5);
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');

  const [run] = fs.readdirSync(path.join(home, 'runs'));
  expect(
    JSON.parse(fs.readFileSync(path.join(home, 'runs', run ?? '', 'config.json'), 'utf8')),
  ).toMatchObject({
    optimizer: {
      kind: 'rmsprop',
      options: { decay: 0.99, momentum: 0 },
      schedule: { kind: 'cosine', from: 2, over: 30, floor: 0.1 },
      clip: 5,
    },
  });
  await studio.selectRun('Digits');
  for (const fact of [
    'RMSProp, decay: 0.99, momentum: 0, epsilon: outside the root, as in PyTorch',
    'cosine, steps 2 to 32, down to 0.1',
    '5',
  ]) {
    await expect(studio.selectedRun.getByText(fact, { exact: true }).first()).toBeVisible();
  }
});

test('a run that was closed with the app is there the next time, with its generator', async ({
  studio,
  app,
  home,
}) => {
  await studio.shrinkRun();
  await studio.start();
  await app.close();
  const later = await launch(home);
  try {
    const reopened = new StudioPage({ app: later, page: await later.firstWindow() });
    await reopened.ready();
    await reopened.selectRun('Digits');
    await reopened.pressOfRun('Open');
    await expect(reopened.status).toHaveText('Stopped');
    await reopened.open('Latent space');
    await expect(reopened.latentImage.locator('canvas')).toBeVisible();
  } finally {
    await later.close();
  }
});

test('a second start shows the window that is open already', async ({ studio, home }) => {
  const second = spawn(executable(), launchArguments, { env: environmentOf(home), stdio: 'ignore' });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  expect(studio.app.windows()).toHaveLength(1);
  await expect(studio.datasetCount).toBeVisible();
});

/** Loads the export in plain TensorFlow.js, in a process that shares nothing with the app but the files. */
function inPlainTfjs(folder: string): { difference: number; shape: number[] } {
  const output = execFileSync(
    process.execPath,
    [path.resolve(__dirname, '..', 'main/reference/plain-tfjs.cjs'), folder],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const answers = z.array(z.array(z.object({ difference: z.number(), shape: z.array(z.number()) })));
  const [[first] = []] = answers.parse(JSON.parse(output));
  return first!;
}
