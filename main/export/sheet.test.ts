/** New pictures are those of their seeds, each in a file that is named by its seed. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Transformer } from '@napi-rs/image';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { generateImages, pointOfSeed } from '../explore/index.ts';
import { fullDisk } from '../runs/test-full-disk.ts';
import { tf } from '../tensor.ts';
import { openModel } from '../training/index.ts';
import { enlarged } from './enlarged.ts';
import { picturesOfSeeds, writePictures } from './sheet.ts';

const { model, run } = openModel({ folder: 'main/runs/old-runs/v4-reference' });
afterAll(() => tf.dispose(model.weights));
const { config } = run;
const given = { model, config, seed: 17, count: 3 };
let parent: string;

beforeEach(() => {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-pictures-'));
  parent = made;
  onTestFinished(() => fs.rmSync(made, { recursive: true, force: true }));
});

/** The red, green and blue bytes. */
async function shades(file: string): Promise<number[]> {
  const picture = new Transformer(fs.readFileSync(file));
  const { width, height } = await picture.metadata();
  const pixels = await picture.rawPixels();
  const perPixel = pixels.length / (width * height);
  return [...pixels].filter((_, index) => index % perPixel < 3);
}

test.each([
  ['nearest', 1],
  ['nearest', 2],
  ['lanczos', 3],
] as const)(
  'each file shows the picture of the seed that it is named by, enlarged by %s %i times',
  async (resampling, scale) => {
    const { folder } = await writePictures({ ...given, folder: parent, resampling, scale });
    expect(folder).toBe(path.join(parent, 'built-in digits pictures'));
    expect(fs.readdirSync(folder).sort()).toEqual(
      [17, 18, 19].map((seed) => `built-in digits seed ${seed}.png`),
    );
    const wanted = enlarged(generateImages(model, pointOfSeed(model.latent, 18)), { resampling, scale });
    const shown = await shades(path.join(folder, 'built-in digits seed 18.png'));
    const { channels, pixels } = wanted;
    expect(shown).toEqual(
      channels === 3 ? [...pixels] : [...pixels].flatMap((shade) => [shade, shade, shade]),
    );
  },
);

test('the same seed gives the same picture wherever the seeds begin', () => {
  const bytes = picturesOfSeeds(given).pixels.length / 3;
  expect(picturesOfSeeds({ ...given, seed: 18 }).pixels.subarray(0, bytes)).toEqual(
    picturesOfSeeds(given).pixels.subarray(bytes, 2 * bytes),
  );
});

test('a conditional GAN makes each class in turn, or the chosen one, and the file names say which', async () => {
  const opened = openModel({ folder: 'main/runs/old-runs/v6-evened' });
  onTestFinished(() => tf.dispose(opened.model.weights));
  const asked = { model: opened.model, config: opened.run.config, seed: 5, count: 2, folder: parent };
  const inTurn = await writePictures(asked);
  expect(Object.keys(inTurn.files)).toEqual([
    'built-in digits seed 5 class 0.png',
    'built-in digits seed 6 class 1.png',
  ]);
  const chosen = await writePictures({ ...asked, class: 1 });
  expect(Object.keys(chosen.files)).toEqual([
    'built-in digits seed 5 class 1.png',
    'built-in digits seed 6 class 1.png',
  ]);
  const sameName = 'built-in digits seed 6 class 1.png';
  expect(chosen.files[sameName]).toEqual(inTurn.files[sameName]);
});

test('points of a plane have no pictures of their own', () => {
  const opened = openModel({ folder: 'main/runs/old-runs/v4-points' });
  onTestFinished(() => tf.dispose(opened.model.weights));
  expect(() =>
    picturesOfSeeds({ model: opened.model, config: opened.run.config, seed: 1, count: 1 }),
  ).toThrow(
    expect.objectContaining({ code: 'invalid-input', remedy: 'Save a sheet, which shows many of them.' }),
  );
});

test('a folder of that name stays, and the new one has a number', async () => {
  const first = await writePictures({ ...given, count: 1, folder: parent });
  const second = await writePictures({ ...given, count: 2, folder: parent });
  expect(second.folder).toBe(`${first.folder} 2`);
  expect(fs.readdirSync(first.folder)).toHaveLength(1);
});

test('a full disk leaves nothing behind', async () => {
  fullDisk().fill();
  await expect(writePictures({ ...given, folder: parent })).rejects.toMatchObject({ code: 'not-written' });
  expect(fs.readdirSync(parent)).toEqual([]);
});

test('seeds beyond the largest and too many pixels are refused before anything is written', async () => {
  await expect(writePictures({ ...given, seed: 0xfffffffe, folder: parent })).rejects.toMatchObject({
    code: 'invalid-input',
    remedy: `Choose a first seed up to 4294967293.`,
  });
  await expect(writePictures({ ...given, count: 4096, scale: 8, folder: parent })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  expect(fs.readdirSync(parent)).toEqual([]);
});
