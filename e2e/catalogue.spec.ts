/** The catalogue: entries are chosen, explained, refused where they do not fit together, and trained with. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Catalogue } from '#main/contract/index.ts';
import { expect, test } from './fixtures.ts';
import { copyClasses } from './image-folder.ts';
import { photographInBoth } from './looks.ts';
import { pixelsIn } from './pixels.ts';
import type { StudioPage } from './studio-page.ts';

test('settings follow the choice, and those that do not fit together are refused with the reason', async ({
  studio,
}) => {
  const { page } = studio;
  await studio.openSettings();

  await test.step('another GAN has another form', async () => {
    await expect(page.getByRole('spinbutton', { name: 'Hidden layers' })).toHaveCount(0);
    await studio.select('GAN', 'Perceptron');
    await expect(page.getByRole('spinbutton', { name: 'Hidden layers' })).toHaveValue('2');
  });

  await test.step('a batch that cannot be packed keeps Start off until packing is removed', async () => {
    await studio.set('Batch', 15);
    await studio.addStabiliser('Packing (PacGAN)');
    await expect(studio.hindrance).toContainText('A batch of 15 cannot be packed by 2.');
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled();
    await expect(studio.hindrance).toHaveCount(1);
    await photographInBoth(studio, 'settings-refused');
    await studio.press('Remove Packing (PacGAN)');
    await expect(studio.hindrance).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled();
  });

  await test.step('the arrow keys choose another purpose, and what it replaced comes back by Undo', async () => {
    const batch = page.getByRole('spinbutton', { name: 'Batch', exact: true });
    await page.getByRole('radiogroup', { name: 'Purpose' }).getByRole('radio').first().focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
    await expect(batch).not.toHaveValue('15');
    await studio.press('Undo');
    await expect(batch).toHaveValue('15');
    await expect(page.getByRole('combobox', { name: 'GAN', exact: true })).toHaveText('Perceptron');
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0);
  });

  await test.step('a preset is applied', async () => {
    const { presets } = await catalogueOf(studio);
    const preset = presets.find(({ recommends: { steps } }) => steps !== undefined);
    if (!preset) throw new Error('No preset has a number of steps.');
    await page.getByRole('radio', { name: new RegExp(`^${preset.label}`) }).click();
    await expect(page.getByRole('spinbutton', { name: 'Steps', exact: true })).toHaveValue(
      String(preset.recommends.steps),
    );
    await expect(page.getByText(preset.summary)).toBeVisible();
  });

  await test.step('the catalogue lists all entries, and puts one into the settings', async () => {
    const { gans, losses, stabilisers, optimizers, presets } = await catalogueOf(studio);
    await studio.open('Catalogue');
    for (const { label } of [...gans, ...losses, ...stabilisers, ...optimizers, ...presets]) {
      await expect(page.getByRole('heading', { name: label, exact: true, level: 3 }).first()).toBeAttached();
    }
    await page.getByRole('searchbox', { name: 'Search catalogue' }).fill('margin hinge');
    await expect(page.getByRole('article')).toHaveCount(1);
    await studio.press('Use Hinge');
    await studio.openSettings();
    await expect(page.getByRole('combobox', { name: 'Loss', exact: true })).toHaveText('Hinge');
  });
});

test('a run has its stabiliser and its turns, and G sits out the steps between', async ({ studio, home }) => {
  const { page } = studio;
  await studio.shrinkRun();
  await studio.select('GAN', 'Perceptron');
  await studio.addStabiliser('Instance noise');
  await page
    .getByRole('group', { name: 'Options of Instance noise' })
    .getByRole('spinbutton', { name: 'Deviation' })
    .fill('0.2');
  await studio.select('Update order', 'Several updates of D per update of G');
  await studio.set('Updates of D per update of G', 2);
  await studio.start();
  await studio.stepAbove(8);
  await expect(studio.lossChart).toBeVisible();
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');

  const [run] = fs.readdirSync(path.join(home, 'runs'));
  const folder = path.join(home, 'runs', run ?? '');
  const { stabilisers, turns } = choicesSchema.parse(
    JSON.parse(fs.readFileSync(path.join(folder, 'config.json'), 'utf8')),
  );
  expect(turns).toEqual({ kind: 'several', discriminator: 2 });
  expect(stabilisers.map(({ kind }) => kind)).toEqual(['instance-noise']);
  expect(stabilisers.flatMap(({ options }) => Object.values(options))).toContain(0.2);
  const losses = fs
    .readFileSync(path.join(folder, 'events.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => lossesSchema.safeParse(JSON.parse(line)))
    .flatMap(({ data }) => data ?? []);
  expect(losses.length).toBeGreaterThan(8);
  for (const {
    step,
    losses: { discriminator, generator },
  } of losses) {
    expect(discriminator).toBeDefined();
    expect(generator === undefined, `step ${step}`).toBe(step % 2 === 1);
  }
});

test('a ring of points is trained on and drawn', async ({ studio }) => {
  const { page } = studio;
  await studio.press('Ring of 8');
  await expect(page.getByRole('img', { name: /^Points of Ring of 8/ })).toBeVisible();
  await expect(page.getByRole('radiogroup', { name: 'Training size' })).toHaveCount(0);
  await studio.openSettings();
  await expect(page.getByRole('radio', { name: /^Classroom. Recommended for these points/ })).toBeChecked();
  await studio.select('GAN', 'DCGAN');
  await expect(studio.hindrance).toContainText('points of the plane');
  await studio.hindrance.getByRole('button').first().click();
  await expect(studio.hindrance).toHaveCount(0);
  await studio.set('Samples every (steps)', 5);
  await studio.start();
  await expect(studio.sampleGrid).toHaveAttribute('data-step', /^[1-9]/, { timeout: 60_000 });
  await expect(page.getByRole('img', { name: /^Points of the generator among the real ones/ })).toBeVisible();
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');
});

test('a conditional GAN shows a row for each class, and the latent space of one class', async ({
  studio,
  place,
}) => {
  const { page } = studio;
  copyClasses(place, { names: ['cats and dogs', 'food'], each: 20 });
  await studio.drop(place);
  await expect(studio.datasetCount).toHaveText('40 pictures');
  await studio.choose('Training size', '32');
  await studio.shrinkRun();
  await studio.select('GAN', 'Conditional DCGAN');
  await studio.set('Batch', 16);
  await studio.set('Width', 8);
  await studio.start();
  await expect(studio.sampleGrid).toHaveAttribute('data-step', /^[0-9]/, { timeout: 60_000 });
  await expect(studio.sampleGrid.getByRole('listitem')).toHaveText(['cats and dogs', 'food']);
  await expect(page.getByRole('img', { name: /a row for each class: cats and dogs, food$/ })).toBeVisible();
  await studio.press('Stop');
  await expect(studio.status).toHaveText('Stopped');

  await studio.open('Latent space');
  await expect(studio.latentImage.locator('canvas')).toBeVisible();
  const cat = await pixelsIn(studio.latentImage);
  await studio.select('Class', 'food');
  await expect.poll(() => pixelsIn(studio.latentImage)).not.toBe(cat);
});

const choicesSchema = z.object({
  stabilisers: z.array(z.object({ kind: z.string(), options: z.record(z.string(), z.unknown()) })),
  turns: z.unknown(),
});
const lossesSchema = z.object({
  type: z.literal('losses'),
  step: z.number(),
  losses: z.record(z.string(), z.number()),
});

async function catalogueOf(studio: StudioPage): Promise<Catalogue> {
  const answer = await studio.ask('catalogue.list', {});
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.output as Catalogue;
}
