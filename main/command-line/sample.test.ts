/** Sheets in files that a person names: the extension chooses the format, and folders are made. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Transformer } from '@napi-rs/image';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleCommand } from './sample.ts';

let folder: string;
let run: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-sample-'));
  run = path.join(folder, 'run');
  fs.cpSync('main/runs/old-runs/v5-corrected', run, { recursive: true });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const sample = (name: string) => sampleCommand({ run, count: 4, seed: 1, out: path.join(folder, name) });

/** A picture's format, and its pixels as red, green and blue. */
async function read(file: string) {
  const picture = new Transformer(fs.readFileSync(file));
  const { format, width, height } = await picture.metadata();
  const pixels = await picture.rawPixels();
  const perPixel = pixels.length / (width * height);
  return { format, width, shades: pixels.filter((_, index) => index % perPixel < 3) };
}

test.each([
  ['grid.png', 'png', 0],
  ['grid.jpg', 'jpeg', 8],
  ['grid.JPEG', 'jpeg', 8],
  ['grid.webp', 'webp', 0],
])('%s is written as its name says, with the same images', async (name, format, apart) => {
  const file = await sample(name);
  expect(file).toBe(path.join(folder, name));
  const [{ shades: wanted }, written] = [await read(await sample('wanted.png')), await read(file)];
  expect(written.format).toBe(format);
  expect(written.shades).toHaveLength(wanted.length);
  const difference = written.shades.reduce((sum, shade, index) => sum + Math.abs(shade - wanted[index]!), 0);
  expect(difference / wanted.length).toBeLessThanOrEqual(apart);
});

test.each([
  ['grid.gif', 'grid.gif ends in .gif.'],
  ['grid', 'grid has no extension.'],
])('%s is refused before any work, with the possible extensions', async (name, why) => {
  await expect(
    sampleCommand({ run: 'nowhere', count: 4, seed: 1, out: path.join(folder, name) }),
  ).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining(why) as string,
    remedy: 'End the name in .png, .jpg, .jpeg, .webp.',
  });
});

test('a folder is refused, and the remedy is a file in it; a missing folder is made', async () => {
  await expect(sample('run')).rejects.toMatchObject({
    code: 'invalid-input',
    message: `${run} is a folder, not a file name.`,
    remedy: `Name a file in it, such as ${path.join(run, 'samples.png')}.`,
  });
  const file = await sample(path.join('new folder', 'and another', 'x.png'));
  expect((await read(file)).format).toBe('png');
});

test('that a folder cannot be made is said in words', async () => {
  await expect(sample(path.join('run', 'config.json', 'x.png'))).rejects.toMatchObject({
    code: 'not-written',
    message: expect.stringMatching(
      /was not written: a part of its path is a file, not a folder\.$/,
    ) as string,
  });
});

test('an enlarged sheet shows the same pictures with larger pixels', async () => {
  const [small, large] = [path.join(folder, 'once.png'), path.join(folder, 'thrice.png')];
  await sampleCommand({ run, count: 1, seed: 1, out: small });
  await sampleCommand({ run, count: 1, seed: 1, out: large, scale: 3 });
  const [one, three] = [await read(small), await read(large)];
  expect(three.width).toBe(3 * one.width);
  expect(three.shades[3 * 3 * (3 * one.width + 1)]).toBe(one.shades[3]);
  const last = [one, three].map(({ shades }) => shades.at(-1));
  expect(last[1]).toBe(last[0]);
});

test('a class that the run does not know is refused', async () => {
  await expect(
    sampleCommand({ run, count: 1, seed: 1, out: path.join(folder, 'x.png'), class: 'cats' }),
  ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('"cats"') as string });
});

test('separate pictures are written into a new folder in the named one', async () => {
  const out = path.join(folder, 'apart');
  const made = await sampleCommand({ run, count: 2, seed: 5, out, separate: true, scale: 2 });
  expect(path.dirname(made)).toBe(out);
  expect(fs.readdirSync(made).map((name) => / seed (\d+)\.png$/.exec(name)?.[1])).toEqual(['5', '6']);
  const again = await sampleCommand({ run, count: 1, seed: 5, out, separate: true });
  expect(again).toBe(`${made} 2`);
});

test('a smooth sheet has the size of a sharp one, and other pixels', async () => {
  const at = (resampling: 'nearest' | 'lanczos') => path.join(folder, `${resampling}.png`);
  for (const resampling of ['nearest', 'lanczos'] as const)
    await sampleCommand({
      run: 'main/runs/old-runs/v4-reference',
      count: 4,
      seed: 1,
      scale: 3,
      resampling,
      out: at(resampling),
    });
  const [sharp, smooth] = [await read(at('nearest')), await read(at('lanczos'))];
  expect(smooth.width).toBe(sharp.width);
  expect(Buffer.compare(smooth.shades, sharp.shades)).not.toBe(0);
});
