/**
 * Data sets are known by their pictures: moved, renamed and saved again they are the same, changed they are
 * not.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { changeOf, type PictureList } from './content.ts';
import type { Dataset } from './dataset.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';
import { openWatching, shadesIn } from './test-opening.ts';

const CLASSES = ['cats', 'dogs'];

function addPictures(folder: TestFolder, count: number): void {
  for (let index = 0; index < count; index++) folder.add(`${index}.png`, greyPng({ shade: index * 3 }));
}

function addClasses(folder: TestFolder): void {
  for (const [number, name] of CLASSES.entries())
    for (let index = 0; index < 4; index++)
      folder.add(`${name}/${index}.png`, greyPng({ shade: number * 100 + index }));
}

const listOf = (dataset: Dataset, classes: readonly string[] = []): PictureList => dataset.pictures!(classes);

async function changeIn(folder: TestFolder, before: Dataset, classes: readonly string[] = []) {
  const like = listOf(before, classes);
  const { dataset } = await openWatching(folder, { like });
  return changeOf(like, listOf(dataset, classes));
}

const batches = (dataset: Dataset) => [0, 1, 2, 9].map((step) => dataset.batch({ step, batch: 8, seed: 3 }));

test('pictures that were renamed, moved and saved again are the same, and a run goes on with the same batches', async () => {
  const folder = createTestFolder();
  addPictures(folder, 20);
  const before = await openTestFolder(folder);
  const moved = join(folder.images, '..', 'moved');
  renameSync(folder.images, moved);
  mkdirSync(join(moved, 'deeper'));
  for (const name of readdirSync(moved).filter((each) => each.endsWith('.png')))
    renameSync(join(moved, name), join(moved, 'deeper', `${99 - Number.parseInt(name, 10)} new.png`));
  writeFileSync(join(moved, 'deeper', '99 new.png'), greyPng({ shade: 0, level: 0 }));
  const { dataset: plain } = await openWatching(folder, { paths: [moved] });
  const { dataset } = await openWatching(folder, { paths: [moved], like: listOf(before) });
  expect(plain.summary.content).toEqual(before.summary.content);
  expect(shadesIn(plain)).not.toEqual(shadesIn(before));
  expect(shadesIn(dataset)).toEqual(shadesIn(before));
  expect(batches(dataset)).toEqual(batches(before));
  expect(changeOf(listOf(before), listOf(dataset))).toBeUndefined();
});

test('a picture with one other pixel is another picture', async () => {
  const folder = createTestFolder();
  addPictures(folder, 3);
  const before = await openTestFolder(folder);
  folder.add('1.png', greyPng({ shade: 4 }));
  expect((await openTestFolder(folder)).summary.content).not.toEqual(before.summary.content);
  expect(await changeIn(folder, before)).toBe('1 of the 3 pictures is gone, and 1 is new.');
});

test('of 40 pictures 30 are deleted and 5 black ones added', async () => {
  const folder = createTestFolder();
  addPictures(folder, 40);
  const before = await openTestFolder(folder);
  for (let index = 10; index < 40; index++) rmSync(join(folder.images, `${index}.png`));
  for (let index = 0; index < 5; index++)
    folder.add(`black ${index}.png`, greyPng({ shade: 0, width: 9 + index }));
  expect(await changeIn(folder, before)).toBe('30 of the 40 pictures are gone, and 5 are new.');
});

test('pictures that were replaced under their names are noticed, though names, sizes and times are as before', async () => {
  const folder = createTestFolder();
  const shades = [10, 11, 12, 13];
  for (const shade of shades) folder.add(`${shade}.png`, greyPng({ shade, level: 0 }));
  const before = await openTestFolder(folder);
  for (const shade of shades) {
    const file = join(folder.images, `${shade}.png`);
    const { size, atime, mtime } = statSync(file);
    writeFileSync(file, greyPng({ shade: shade + 100, level: 0 }));
    utimesSync(file, atime, mtime);
    expect(statSync(file)).toMatchObject({ size, mtime });
  }
  expect(await changeIn(folder, before)).toBe('All 4 pictures are gone; 4 others are there.');
});

test('swapping the contents of two class folders matters only to a run with classes', async () => {
  const folder = createTestFolder();
  addClasses(folder);
  const before = await openTestFolder(folder);
  const [cats, dogs, away] = [...CLASSES, 'away'].map((name) => join(folder.images, name));
  renameSync(cats!, away!);
  renameSync(dogs!, cats!);
  renameSync(away!, dogs!);
  expect(await changeIn(folder, before, CLASSES)).toBe('8 pictures are in another class than before.');
  expect(await changeIn(folder, before)).toBeUndefined();
  const now = (await openTestFolder(folder)).summary.content;
  expect(now?.fingerprint).toBe(before.summary.content?.fingerprint);
  expect(now).not.toEqual(before.summary.content);
});

test('a run with classes misses the pictures of a class that was renamed', async () => {
  const folder = createTestFolder();
  addClasses(folder);
  const before = await openTestFolder(folder);
  renameSync(join(folder.images, 'cats'), join(folder.images, 'felines'));
  const like = listOf(before, CLASSES);
  const { dataset } = await openWatching(folder, { like });
  expect(changeOf(like, listOf(dataset, CLASSES))).toBe(
    '4 of the 8 pictures are gone. By class: cats had 4 and has 0.',
  );
  expect(dataset.summary.leftOut.map(({ file, detail }) => [file, detail])).toEqual(
    [0, 1, 2, 3].map((index) => [`felines/${index}.png`, 'The run does not know the class felines.']),
  );
});

test('the classes of a run keep their numbers', async () => {
  const folder = createTestFolder();
  addClasses(folder);
  const before = await openTestFolder(folder);
  const list = listOf(before, CLASSES);
  const turned = { ...list, classes: ['dogs', 'cats'], labels: list.labels.map((label) => 1 - label) };
  const { dataset } = await openWatching(folder, { like: turned });
  expect(dataset.summary.classes.map(({ name }) => name)).toEqual(['dogs', 'cats']);
  const { classes, images } = await dataset.stream({ batch: 8, seed: 1, from: 0 }).take(0);
  const length = images.length / 8;
  const shades = [...classes!].map((_, index) => Math.round((images[index * length]! + 1) * 127.5));
  expect([...classes!]).toEqual(shades.map((shade) => (shade >= 100 ? 0 : 1)));
});

test('equal pictures are each counted', async () => {
  const folder = createTestFolder();
  for (const name of ['a', 'b', 'c']) folder.add(`${name}.png`, greyPng({ shade: 5 }));
  folder.add('d.png', greyPng({ shade: 6 }));
  const before = await openTestFolder(folder);
  rmSync(join(folder.images, 'b.png'));
  expect(await changeIn(folder, before)).toBe('1 of the 4 pictures is gone.');
  folder.add('e.png', greyPng({ shade: 5 }));
  expect(await changeIn(folder, before)).toBeUndefined();
});

test('if pictures were added, all are used in the order of the data set', async () => {
  const folder = createTestFolder();
  addPictures(folder, 4);
  const before = await openTestFolder(folder);
  folder.add('!first.png', greyPng({ shade: 200 }));
  const { dataset } = await openWatching(folder, { like: listOf(before) });
  expect(shadesIn(dataset)).toEqual([200, 0, 3, 6, 9]);
});
