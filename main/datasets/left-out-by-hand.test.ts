/** Pictures that a person leaves out, by their content, whatever their names. */
import { rmSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import type { PictureDataset } from './dataset.ts';
import { hashOfFile } from './hash-of-file.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';
import { openWatching, shadesIn } from './test-opening.ts';

async function openShades(
  shades: Record<string, number>,
): Promise<{ folder: TestFolder; dataset: PictureDataset }> {
  const folder = createTestFolder();
  for (const [name, shade] of Object.entries(shades)) folder.add(name, greyPng({ shade }));
  return { folder, dataset: await openTestFolder(folder) };
}

/** The hash by which the picture of this name is left out. */
const fileOf = (dataset: PictureDataset, name: string) =>
  dataset.preview(0, 999).pictures.find((picture) => picture.name === name)?.file ?? '';

test('two equal files are both left out, under whatever names', async () => {
  const { folder, dataset } = await openShades({
    'a.png': 1,
    'b.png': 2,
    'copy of b.png': 2,
    'c.png': 3,
    'd.png': 4,
  });
  const left = dataset.withLeftOut([fileOf(dataset, 'b.png')]);
  expect(shadesIn(left)).toEqual([1, 3, 4]);
  expect(left.summary).toMatchObject({ count: 3, usable: 5, filesSeen: 5, leftOut: [] });
  expect(left.preview(0, 9).pictures.map(({ name, isLeftOut }) => [name, isLeftOut])).toEqual([
    ['a.png', false],
    ['b.png', true],
    ['c.png', false],
    ['copy of b.png', true],
    ['d.png', false],
  ]);
  renameSync(join(folder.images, 'b.png'), join(folder.images, 'other.png'));
  const again = await openTestFolder(folder, { leftOut: left.summary.leftOutByHand });
  expect(shadesIn(again)).toEqual([1, 3, 4]);
});

test('pictures stay left out in other sizes and colours', async () => {
  const { folder, dataset } = await openShades({ 'a.png': 1, 'b.png': 2, 'c.png': 3 });
  const leftOut = [fileOf(dataset, 'a.png')];
  for (const options of [{ size: 32 as const }, { colour: 'grey' as const }]) {
    const other = await openTestFolder(folder, { options, leftOut });
    expect(shadesIn(other)).toEqual([2, 3]);
    expect(other.summary.leftOutByHand).toEqual(leftOut);
  }
});

test('a left-out file that is changed is another picture, and used again', async () => {
  const { folder, dataset } = await openShades({ 'a.png': 1, 'b.png': 2, 'c.png': 3 });
  const leftOut = [fileOf(dataset, 'a.png')];
  folder.add('a.png', greyPng({ shade: 9 }));
  const other = await openTestFolder(folder, { leftOut });
  expect(other.summary).toMatchObject({ count: 3, leftOutByHand: [] });
});

test('leaving out and putting back decodes nothing, and shares the pixels', async () => {
  const { folder, dataset } = await openShades({ 'a.png': 1, 'b.png': 2, 'c.png': 3 });
  const left = dataset.withLeftOut([fileOf(dataset, 'a.png')]);
  rmSync(folder.images, { recursive: true });
  rmSync(folder.folders.cache, { recursive: true });
  expect(shadesIn(left.withLeftOut([]))).toEqual([1, 2, 3]);
  expect(left.summary.id).toBe(dataset.summary.id);
  expect(left.summary.content).not.toEqual(dataset.summary.content);
  expect(left.withLeftOut([]).summary).toEqual(dataset.summary);
});

test('batches show nothing that is left out, streamed or not', async () => {
  const { dataset } = await openShades({ 'a.png': 1, 'b.png': 2, 'c.png': 3, 'd.png': 4 });
  const left = dataset.withLeftOut([fileOf(dataset, 'c.png')]);
  const stream = left.stream({ batch: 3, seed: 1, from: 0 });
  for (let step = 0; step < 4; step++) {
    const { images } = await stream.take(step);
    const length = images.length / 3;
    const shades = [0, 1, 2].map((index) => Math.round((images[index * length]! + 1) * 127.5));
    expect(shades.sort()).toEqual([1, 2, 4]);
    expect(images).toEqual(left.batch({ step, batch: 3, seed: 1 }));
  }
  stream.close();
});

test('the pictures of each class are counted anew, and a class without any is none', async () => {
  const { dataset } = await openShades({
    'cats/1.png': 1,
    'cats/2.png': 2,
    'dogs/1.png': 11,
    'dogs/2.png': 12,
    'owls/1.png': 21,
  });
  const of = (...names: string[]) => dataset.withLeftOut(names.map((name) => fileOf(dataset, name)));
  expect(of('cats/1.png').summary.classes).toEqual([
    { name: 'cats', count: 1 },
    { name: 'dogs', count: 2 },
    { name: 'owls', count: 1 },
  ]);
  const noOwls = of('owls/1.png');
  expect(noOwls.summary.classes.map(({ name }) => name)).toEqual(['cats', 'dogs']);
  const { classes } = await noOwls.stream({ batch: 4, seed: 1, from: 0 }).take(0);
  expect([...(classes ?? [])].sort()).toEqual([0, 0, 1, 1]);
  const catsAlone = of('dogs/1.png', 'dogs/2.png', 'owls/1.png');
  expect(catsAlone.summary).toMatchObject({
    count: 2,
    classes: [],
    classless: {
      message: 'With these pictures left out, fewer than two classes have pictures.',
      remedy: 'Put pictures of another class back.',
    },
  });
  expect(catsAlone.withLeftOut([]).summary).toEqual(dataset.summary);
});

test('all pictures can be left out, to be put back', async () => {
  const { dataset } = await openShades({ 'a.png': 1, 'b.png': 2 });
  const files = dataset.preview(0, 9).pictures.map(({ file }) => file);
  const none = dataset.withLeftOut(files);
  expect(none.summary).toMatchObject({ count: 0, usable: 2, formats: {} });
  expect(none.summary.originalSizes).toBeUndefined();
  expect(none.withLeftOut(files.slice(1)).count).toBe(1);
});

test('the command line identifies a file by the hash of its bytes', async () => {
  const { folder, dataset } = await openShades({ 'a.png': 1, 'b.png': 2 });
  expect(await hashOfFile(join(folder.images, 'a.png'))).toBe(fileOf(dataset, 'a.png'));
  for (const [place, why] of [
    [folder.images, 'it is not a regular file'],
    [join(folder.images, 'gone.png'), 'it is not there'],
  ])
    await expect(hashOfFile(place!)).rejects.toMatchObject({
      code: 'no-such-file',
      message: `${place} cannot be read: ${why}.`,
    });
});

test('pictures of a run can be left out, too; if none is, its order is kept', async () => {
  const { folder, dataset } = await openShades({ 'a.png': 1, 'b.png': 2, 'c.png': 3 });
  const list = dataset.pictures!([]);
  const like = { ...list, hashes: [...list.hashes].reverse() };
  expect(shadesIn((await openWatching(folder, { like })).dataset)).toEqual([3, 2, 1]);
  const leftOut = [fileOf(dataset, 'b.png')];
  expect(shadesIn((await openWatching(folder, { like, leftOut })).dataset)).toEqual([1, 3]);
});
