import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MOST_PATHS } from '#main/contract/index.ts';
import { picturesOf, placesOf } from './dropped.ts';

let place: string;
const at = (...parts: string[]) => path.join(place, ...parts);

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-dropped-'));
  for (const folder of ['a', 'b']) {
    fs.mkdirSync(at(folder));
    for (const file of ['1.png', '2.png']) fs.writeFileSync(at(folder, file), '');
  }
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

test('what was dropped is taken, each path once', () => {
  const mixed = [at('a', '1.png'), at('b'), at('b', '2.png'), at('a', '1.png')];
  expect(placesOf(mixed)).toEqual([at('a', '1.png'), at('b'), at('b', '2.png')]);
});

test('too many paths are refused, and the remedy says what to drop instead', () => {
  const many = Array.from({ length: MOST_PATHS + 1 }, (_, i) => at('a', `${i}.png`));
  expect(placesOf(many.slice(1))).toHaveLength(MOST_PATHS);
  expect(() => placesOf(many)).toThrow('These are 10,001 files; GAN Studio opens at most 10,000 at once.');
});

test('a drop without a path, such as a picture from a browser, is refused with the reason', () => {
  expect(() => placesOf([])).toThrow('is not a file on this computer');
});

test('where pictures are wanted, one or two files are taken, also from different folders', async () => {
  expect(await picturesOf([at('a', '1.png')])).toEqual([at('a', '1.png')]);
  const two = [at('b', '2.png'), at('a', '1.png')];
  expect(await picturesOf(two)).toEqual(two);
  fs.symlinkSync(at('a', '1.png'), at('link.png'));
  expect(await picturesOf([at('link.png')])).toEqual([at('link.png')]);
});

test('more than two pictures are refused, since a walk has two ends', async () => {
  const three = [at('a', '1.png'), at('a', '2.png'), at('b', '1.png')];
  await expect(picturesOf(three)).rejects.toMatchObject({
    code: 'too-many-dropped',
    message: 'You dropped 3 files; a walk has only two ends.',
  });
});

test('a folder among the pictures is refused, and the remedy says where to drop it', async () => {
  await expect(picturesOf([at('a', '1.png'), at('b')])).rejects.toMatchObject({
    code: 'folder-not-picture',
    message: expect.stringContaining('b is a folder') as string,
    remedy: expect.stringContaining('Data set view') as string,
  });
});

test('a file that is gone, or a drop without a path, is refused as a picture', async () => {
  await expect(picturesOf([])).rejects.toMatchObject({ code: 'not-on-disk' });
  await expect(picturesOf([at('a', 'gone.png')])).rejects.toMatchObject({
    code: 'not-a-file',
    message: 'gone.png is no longer there, or cannot be read.',
  });
});

test.skipIf(process.platform === 'win32')('what is neither file nor folder is no picture', async () => {
  fs.symlinkSync('/dev/null', at('device'));
  await expect(picturesOf([at('device')])).rejects.toMatchObject({
    code: 'not-a-file',
    message: 'device is not a regular file.',
  });
});
