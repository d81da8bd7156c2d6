/** Files that the cache knows are not decoded again; damaged entries are not used. */
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { createTestFolder, type TestFolder } from './test-folder.ts';
import { openWatching, shadesIn } from './test-opening.ts';

let folder: TestFolder;
beforeEach(() => {
  folder = createTestFolder();
  for (let index = 0; index < 6; index++) folder.add(`${index}.png`, greyPng({ shade: 10 * index }));
  folder.add('broken.png', 'no picture');
});

const entries = () => readdirSync(join(folder.folders.cache, 'datasets'));
const ALL = ['0.png', '1.png', '2.png', '3.png', '4.png', '5.png', 'broken.png'];

test('a second opening decodes nothing, and gives the same data set', async () => {
  const first = await openWatching(folder);
  const second = await openWatching(folder);
  expect([first.decoded, second.decoded]).toEqual([ALL, []]);
  expect(second.dataset.summary).toEqual(first.dataset.summary);
  expect(shadesIn(second.dataset)).toEqual([0, 10, 20, 30, 40, 50]);
});

test.each([undefined, 0])(
  'of one file added, one changed and one removed, only the new and the changed are decoded (%s in memory)',
  async (mostBytesInMemory) => {
    const how = mostBytesInMemory === undefined ? {} : { mostBytesInMemory };
    await openWatching(folder, how);
    folder.add('00 new.png', greyPng({ shade: 99 }));
    folder.add('3.png', greyPng({ shade: 33 }));
    rmSync(join(folder.images, '1.png'));
    const { dataset, decoded } = await openWatching(folder, how);
    expect(decoded).toEqual(['00 new.png', '3.png']);
    expect(shadesIn(dataset)).toEqual([0, 99, 20, 33, 40, 50]);
    expect(dataset.summary.leftOut.map(({ file }) => file)).toEqual(['broken.png']);
    expect((await openWatching(folder, how)).decoded).toEqual([]);
  },
);

test('files that return unchanged are known from an earlier entry', async () => {
  const { dataset } = await openWatching(folder);
  folder.add('new.png', greyPng());
  await openWatching(folder);
  rmSync(join(folder.images, 'new.png'));
  const again = await openWatching(folder);
  expect(again.decoded).toEqual([]);
  expect(again.dataset.summary.id).toBe(dataset.summary.id);
});

test('a picture that became damaged is decoded again and left out, and one that was repaired is used', async () => {
  await openWatching(folder);
  folder.add('2.png', 'no picture any more');
  folder.add('broken.png', greyPng({ shade: 77 }));
  const { dataset, decoded } = await openWatching(folder);
  expect(decoded).toEqual(['2.png', 'broken.png']);
  expect(dataset.summary.leftOut.map(({ file }) => file)).toEqual(['2.png']);
  expect(shadesIn(dataset)).toEqual([0, 10, 30, 40, 50, 77]);
});

test('pixels that were changed in the cache are not used, although the files are known', async () => {
  await openWatching(folder);
  const file = join(folder.folders.cache, 'datasets', entries()[0] ?? '', 'pixels.bin');
  const bytes = readFileSync(file);
  bytes.fill(255, 0, bytes.length / 6);
  writeFileSync(file, bytes);
  folder.add('new.png', greyPng({ shade: 88 }));
  const { dataset, decoded } = await openWatching(folder);
  expect(decoded).toEqual(['0.png', 'new.png']);
  expect(shadesIn(dataset)).toEqual([0, 10, 20, 30, 40, 50, 88]);
});

test('an invalid cache entry is ignored', async () => {
  const { dataset } = await openWatching(folder);
  const entry = join(folder.folders.cache, 'datasets', dataset.summary.id);
  const summary = JSON.parse(readFileSync(join(entry, 'summary.json'), 'utf8')) as object;
  for (const spoilt of [
    '{',
    '[]',
    JSON.stringify({ ...summary, version: 1 }),
    JSON.stringify({ ...summary, keys: 3 }),
  ]) {
    writeFileSync(join(entry, 'summary.json'), spoilt);
    expect((await openWatching(folder)).decoded).toEqual(ALL);
  }
});

test('a file of which only the times changed is decoded again, and is the same picture', async () => {
  const before = await openWatching(folder);
  utimesSync(join(folder.images, '4.png'), 1, 1);
  const { dataset, decoded } = await openWatching(folder);
  expect(decoded).toEqual(['4.png']);
  expect(dataset.summary.content).toEqual(before.dataset.summary.content);
});

test('other classes, mirroring and evening out need no decoding, another size does', async () => {
  await openWatching(folder);
  for (const options of [{ mirror: true }, { classes: 'ignored' as const }, { evenClasses: true }])
    expect((await openWatching(folder, { options })).decoded).toEqual([]);
  expect((await openWatching(folder, { options: { size: 32 } })).decoded).toEqual(ALL);
});
