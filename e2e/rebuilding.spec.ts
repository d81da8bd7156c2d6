/**
 * Runs with an encoder: they rebuild pictures of the data set while they train, a person's own pictures are
 * the ends of a walk, and losses that do not suit an energy are refused before Start.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { copyEmoji } from './image-folder.ts';
import { looksRight, photograph } from './looks.ts';
import { pixelsIn } from './pixels.ts';
import type { StudioPage } from './studio-page.ts';

/** A name too long for the box of an end. */
const LONG = `a face with a very long name, as cameras and ${'other '.repeat(6)}programs make them.png`;

test('a run that rebuilds shows pictures of its data above their rebuilding', async ({ studio, place }) => {
  await startBigan(studio, place);
  await expect(studio.sampleGrid).toHaveAttribute('data-step', /^[1-9]/, { timeout: 60_000 });
  await expect(studio.sampleGrid.getByRole('listitem')).toHaveText(['pictures', 'rebuilt', 'new', 'new']);
  await expect(
    studio.sampleGrid.getByRole('img', { name: /pictures of the data set.* rebuilt/ }),
  ).toBeVisible();
  await photograph(studio, 'rebuilding-samples');
});

test('two dropped pictures are the ends of a walk, until the person goes back to a seed', async ({
  studio,
  place,
}) => {
  test.setTimeout(180_000);
  const { page } = studio;
  const own = ownPictures(place);
  const [a, b] = [pointOf(studio, 'A'), pointOf(studio, 'B')];
  await startBigan(studio, place);
  await studio.open('Latent space');
  await expect(studio.latentImage.locator('canvas')).toBeVisible();

  await test.step('a picture that is dropped on an end becomes that end', async () => {
    await studio.dropOn(b.image, own.first);
    await expect(b.file).toHaveText(path.basename(own.first));
    await expect(b.rebuilt).toBeVisible();
    await expect(a.seed).toBeVisible();
  });

  await test.step('two pictures become A and B, and each stands beside its rebuilding', async () => {
    await studio.drop(own.second, own.long);
    for (const [end, file] of [
      [a, own.second],
      [b, own.long],
    ] as const) {
      await expect(end.file).toHaveText(path.basename(file));
      await expect(end.file).toHaveAttribute('title', file);
      await expect(end.own).toBeVisible();
      await expect(end.rebuilt).toBeVisible();
    }
    await expect(studio.datasetCount).toHaveCount(0);
  });

  await test.step('the rebuilding follows the run', async () => {
    const before = await pixelsIn(a.pair.nth(1));
    await expect.poll(() => pixelsIn(a.pair.nth(1)), { timeout: 60_000 }).not.toBe(before);
  });

  await test.step('the image in the middle changes on the way', async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(studio.status).toHaveText('Stopped');
    await studio.moveTo(0);
    await expect(studio.latentImage).toHaveAttribute('data-position', '0.000');
    const start = await settled(studio);
    await studio.moveTo(1);
    await expect.poll(() => pixelsIn(studio.latentImage)).not.toBe(start);
  });

  await test.step('it is accessible, and looks as it should', async () => {
    await studio.moveTo(0.5);
    await looksRight(studio, 'rebuilding-latent');
  });

  await test.step('a picture that cannot be used is explained at its end, and nothing else is lost', async () => {
    const text = path.join(place, 'letter.png');
    fs.writeFileSync(text, 'no picture');
    await studio.dropOn(a.image, text);
    await expect(a.group.getByRole('alert')).toContainText('letter.png cannot be used');
    await expect(a.group.getByRole('alert')).toContainText('Choose another picture.');
    await expect(a.file).toHaveText(path.basename(own.second));
    await expect(b.group.getByRole('alert')).toHaveCount(0);
    await expect(studio.latentImage.locator('canvas')).toBeVisible();
    await photograph(studio, 'rebuilding-refused');
  });

  await test.step('a folder and too many pictures are refused, and the data set stays', async () => {
    const messages = page.getByRole('log', { name: 'Messages' });
    await studio.drop(place);
    await expect(messages).toContainText('is a folder, and only pictures can be dropped here.');
    await studio.drop(own.first, own.second, own.long);
    await expect(messages).toContainText('You dropped 3 files; a walk has only two ends.');
    await expect(a.file).toHaveText(path.basename(own.second));
  });

  await test.step('a dropped picture is granted alone', async () => {
    const refused = { ok: false, failure: { code: 'path-not-granted' } };
    expect(await studio.ask('latent.rebuild', { picture: own.first })).toMatchObject({ ok: true });
    expect(await studio.ask('latent.rebuild', { picture: own.notDropped })).toMatchObject(refused);
    const ends = { from: { picture: own.first }, to: { picture: own.notDropped } };
    const walk = { ...ends, walk: 'linear', positions: [0] };
    expect(await studio.ask('latent.interpolate', walk)).toMatchObject(refused);
    const file = path.join(place, 'x.png');
    expect(await studio.ask('export.sheet', { file, seed: 1, count: 1 })).toMatchObject(refused);
  });

  await test.step('a seed is the end again, and the focus stays in its box', async () => {
    const walked = await pixelsIn(page.getByTestId('filmstrip'));
    await a.group.getByRole('button', { name: 'Back to a seed for A' }).press('Enter');
    await expect(a.seed).toBeVisible();
    await expect(a.file).toHaveCount(0);
    await expect(a.group.getByRole('alert')).toHaveCount(0);
    await expect(a.group.getByRole('button', { name: 'Choose a picture… for A' })).toBeFocused();
    await expect(b.file).toHaveText(LONG);
    await expect.poll(() => pixelsIn(page.getByTestId('filmstrip'))).not.toBe(walked);
  });

  await test.step('a picture is chosen in the dialog', async () => {
    await studio.answerOpenDialog(own.first);
    await page.keyboard.press('Enter');
    await expect(a.file).toHaveText(path.basename(own.first));
    await expect(a.rebuilt).toBeVisible();
  });
});

test('without an encoder, a drop on the latent view opens a data set, as in any view', async ({
  studio,
  place,
}) => {
  copyEmoji(place, 12);
  await studio.shrinkRun();
  await studio.start();
  await studio.open('Latent space');
  await expect(studio.latentImage.locator('canvas')).toBeVisible();
  await expect(studio.page.getByRole('button', { name: /picture/ })).toHaveCount(0);
  await studio.drop(place);
  await expect(studio.datasetCount).toHaveText('12 pictures');
});

test('a loss that does not suit an energy is refused with the reason, and Start stays off', async ({
  studio,
}) => {
  const { page } = studio;
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await studio.openSettings();
  await studio.select('GAN', 'EBGAN (energy-based)');
  await expect(start).toBeEnabled();
  await studio.select('Loss', 'Hinge');
  await expect(studio.hindrance).toContainText(/energy/i);
  await expect(start).toBeDisabled();
  await studio.press('Use the loss Energy with a margin (EBGAN)');
  await expect(studio.hindrance).toHaveCount(0);
  await expect(start).toBeEnabled();
});

/** Starts a small BiGAN on emoji. */
async function startBigan(studio: StudioPage, place: string): Promise<void> {
  const images = path.join(place, 'images');
  fs.mkdirSync(images, { recursive: true });
  copyEmoji(images, 40);
  await studio.drop(images);
  await expect(studio.datasetCount).toHaveText('40 pictures');
  await studio.choose('Training size', '32');
  await studio.shrinkRun();
  await studio.select('GAN', 'BiGAN / ALI (with an encoder)');
  await studio.set('Batch', 16);
  await studio.set('Width', 8);
  await studio.set('Joint units', 32);
  await studio.start();
}

type OwnPictures = Record<'first' | 'second' | 'long' | 'notDropped', string>;

/** Pictures beside the data set's folder. */
function ownPictures(place: string): OwnPictures {
  const from = path.join(place, 'emoji');
  fs.mkdirSync(from);
  copyEmoji(from, 20);
  const found = fs.readdirSync(from).filter((name) => name.endsWith('.png'));
  const files = { first: 'one.png', second: 'two.png', long: LONG, notDropped: 'three.png' };
  const entries = Object.entries(files).map(([key, name], index) => {
    fs.copyFileSync(path.join(from, found[index]!), path.join(place, name));
    return [key, path.join(place, name)];
  });
  return Object.fromEntries(entries) as OwnPictures;
}

type Point = Record<'group' | 'image' | 'own' | 'rebuilt' | 'pair' | 'file' | 'seed', Locator>;

function pointOf({ page }: StudioPage, name: 'A' | 'B'): Point {
  const group = page.getByRole('group', { name: `Point ${name}` });
  return {
    group,
    image: group.getByRole('img').first(),
    own: group.getByRole('img', { name: `The picture at ${name}, as the networks see it` }),
    rebuilt: group.getByRole('img', { name: `The picture at ${name}, rebuilt` }),
    pair: group.getByRole('figure'),
    file: group.getByTestId('end-file'),
    seed: group.getByRole('spinbutton', { name: `Seed of ${name}` }),
  };
}

/** A hash of the image in the middle, once two readings a moment apart are equal. */
async function settled(studio: StudioPage): Promise<number> {
  let before = await pixelsIn(studio.latentImage);
  await expect
    .poll(async () => {
      const now = await pixelsIn(studio.latentImage);
      const same = now === before;
      before = now;
      return same;
    })
    .toBe(true);
  return before;
}
