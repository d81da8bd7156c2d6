import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderOf } from './dropped.ts';

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

test('the first folder wins', async () => {
  expect(await folderOf([at('a', '1.png'), at('b'), at('a')])).toBe(at('b'));
});

test('files of one folder mean that folder', async () => {
  expect(await folderOf([at('a', '1.png'), at('a', '2.png')])).toBe(at('a'));
});

test('files of several folders mean none', async () => {
  await expect(folderOf([at('a', '1.png'), at('b', '1.png')])).rejects.toMatchObject({
    code: 'several-folders',
  });
});

test('what lies on no disk, such as a picture from a browser, is refused with the reason', async () => {
  await expect(folderOf([])).rejects.toMatchObject({ code: 'not-on-disk' });
});
