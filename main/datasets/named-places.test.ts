/** A data set consists of exactly the paths that were named. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { showPath } from './paths.ts';
import { scanFiles } from './scan.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';

/** Scans these paths below the test folder's images. */
async function scan({ images }: TestFolder, ...places: string[]) {
  const found = await scanFiles({ paths: places.map((place) => join(images, place)) });
  return { ...found, names: found.files.map(({ path }) => showPath(path)) };
}

test('of 40 pictures in a folder, the two that were named are taken', async () => {
  const folder = createTestFolder();
  for (let index = 0; index < 40; index++) folder.add(`${index}.png`, 'x');
  const { names, name, taken } = await scan(folder, '30.png', '7.png');
  expect(names).toEqual(['30.png', '7.png']);
  expect(name).toBe('2 files of images');
  expect(taken).toBe('Taken: the files 30.png and 7.png, and nothing else.');
});

test('files of two folders are told apart by their own folders, and equal names by numbers', async () => {
  const folder = createTestFolder();
  for (const place of ['a/x.png', 'b/x.png', 'b/y.png']) folder.add(place, 'x');
  const { names, files } = await scan(folder, 'a/x.png', 'b/x.png', 'b/y.png');
  expect(names).toEqual(['x.png', 'x.png (2)', 'y.png']);
  expect(files.map(({ place }) => showPath(place.path))).toEqual(
    ['a/x.png', 'b/x.png', 'b/y.png'].map((place) => join(folder.images, place)),
  );
});

test('the files of two folders are called by their folders, which are classes then', async () => {
  const folder = createTestFolder();
  for (const place of ['owls/1.png', 'owls/2.png', 'cats/1.png', 'cats/deep/2.png', 'dogs/1.png'])
    folder.add(place, greyPng());
  const { names, name, taken } = await scan(folder, 'owls', 'cats');
  expect(names).toEqual(['owls/1.png', 'owls/2.png', 'cats/1.png', 'cats/deep/2.png']);
  expect(name).toBe('owls and cats');
  expect(taken).toBe('Taken: the folders owls and cats, and nothing else.');
  const paths = [join(folder.images, 'owls'), join(folder.images, 'cats')];
  const { summary } = await openTestFolder(folder, { source: { kind: 'files', paths } });
  expect(summary.classes.map((each) => each.name)).toEqual(['cats', 'owls']);
});

test('folders of the same name stay apart', async () => {
  const folder = createTestFolder();
  for (const place of ['a/cats/1.png', 'b/cats/1.png']) folder.add(place, 'x');
  expect((await scan(folder, 'a/cats', 'b/cats')).names).toEqual(['cats/1.png', 'cats (2)/1.png']);
});

test('a path that lies in another one, or was named twice, is taken once', async () => {
  const folder = createTestFolder();
  for (const place of ['a/1.png', 'a/b/2.png', '3.png']) folder.add(place, 'x');
  symlinkSync('a', join(folder.images, 'same'));
  expect((await scan(folder, 'a', 'a/1.png', 'a/b')).names).toEqual(['1.png', 'b/2.png']);
  expect((await scan(folder, 'a', 'a')).names).toEqual(['1.png', 'b/2.png']);
  expect((await scan(folder, 'a', 'same')).names).toEqual(['1.png', 'b/2.png']);
  expect((await scan(folder, '3.png', 'a/../3.png')).names).toEqual(['3.png']);
});

test('a link from one of the folders to another one does not take its files twice', async () => {
  const folder = createTestFolder();
  for (const place of ['a/1.png', 'b/2.png']) folder.add(place, 'x');
  symlinkSync('../b', join(folder.images, 'a', 'other'));
  const { names, leftOut } = await scan(folder, 'a', 'b');
  expect(names).toEqual(['a/1.png', 'b/2.png']);
  expect(leftOut).toEqual([
    { file: 'a/other', reason: 'link-loop', detail: 'Leads to b, which is read already.' },
  ]);
});

test('of several paths, a missing one is left out with its reason, and the rest is used', async () => {
  const folder = createTestFolder();
  folder.add('a/1.png', 'x');
  const { names, leftOut } = await scan(folder, 'gone', 'a');
  expect(names).toEqual(['1.png']);
  const gone = join(folder.images, 'gone');
  expect(leftOut).toEqual([{ file: gone, reason: 'unreadable', detail: `${gone} is not there.` }]);
});

test('if all paths are missing, the error is that of a missing folder', async () => {
  const folder = createTestFolder();
  await expect(scan(folder, 'gone')).rejects.toMatchObject({
    code: 'folder-missing',
    message: `${join(folder.images, 'gone')} is not there.`,
  });
  await expect(scan(folder, 'gone', 'lost')).rejects.toMatchObject({
    code: 'folder-missing',
    message: `None of the 2 files and folders, such as ${join(folder.images, 'gone')}, is there.`,
  });
  folder.add('file', 'x');
  await expect(scan(folder, 'file/below')).rejects.toMatchObject({ code: 'folder-missing' });
});

test('runs of GAN Studio anywhere in the folder are left out with the reason', async () => {
  const folder = createTestFolder();
  for (const run of ['my run', 'GAN Studio/one', 'GAN Studio/two'])
    for (const name of ['config.json', 'events.jsonl', 'samples/000000.png', 'checkpoints/1.bin'])
      folder.add(`${run}/${name}`, 'x');
  folder.add('config.json', '{}'); // not enough for a run
  folder.add('a.png', 'x');
  const found = await scanFiles({ paths: [folder.images] });
  expect(found.files.map(({ path }) => showPath(path))).toEqual(['a.png', 'config.json']);
  const detail = 'A run of GAN Studio: its sheets and files are not data.';
  expect(found.leftOut).toEqual(
    ['GAN Studio/one', 'GAN Studio/two', 'my run'].map((file) => ({ file, reason: 'run', detail })),
  );
});

test('a run, its sheets, and a file among these are refused as data, alone and beside a folder', async () => {
  const folder = createTestFolder();
  for (const name of ['config.json', 'events.jsonl', 'samples/1.png', 'samples/x.zip', 'samples/deep/2.png'])
    folder.add(`run/${name}`, 'x');
  folder.add('pictures/a.png', 'x');
  const run = join(folder.images, 'run');
  await expect(scan(folder, 'run')).rejects.toMatchObject({
    code: 'run-not-data',
    message: `${run} is a run of GAN Studio: its sheets and files are not data.`,
    remedy: expect.stringContaining('resume it'),
  });
  for (const inside of ['run/samples', 'run/samples/1.png', 'run/samples/x.zip', 'run/samples/deep'])
    await expect(scan(folder, inside)).rejects.toMatchObject({
      code: 'run-not-data',
      message: `${join(folder.images, inside)} lies in the run ${run}: its sheets and files are not data.`,
    });
  const { names, leftOut } = await scan(folder, 'run/samples', 'pictures');
  expect(names).toEqual(['a.png']);
  expect(leftOut).toMatchObject([{ file: join(run, 'samples'), reason: 'run' }]);
});

test('a folder beside the files of a run is not in that run', async () => {
  const folder = createTestFolder();
  mkdirSync(join(folder.images, 'run'));
  for (const name of ['config.json', 'events.jsonl']) writeFileSync(join(folder.images, 'run', name), '');
  folder.add('pictures/a.png', 'x');
  expect((await scan(folder, 'pictures')).names).toEqual(['a.png']);
});
