/** Folders as classes: which are, which are not and why, and what is noted about the others. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import type { DatasetOptions } from '../contract/index.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';

const REMEDY = 'Put the pictures of each class in a folder of its own, or add a metadata.csv with labels.';

function folderOf(...files: string[]): TestFolder {
  const folder = createTestFolder();
  for (const [index, name] of files.entries()) folder.add(name, greyPng({ shade: index % 256 }));
  return folder;
}

async function summaryOf(folder: TestFolder, options: Partial<DatasetOptions> = {}) {
  const { summary } = await openTestFolder(folder, { options });
  return { ...summary, names: summary.classes.map(({ name }) => name) };
}

const inEach = (folders: string[], ...files: string[]) =>
  folders.flatMap((folder) => files.map((file) => `${folder}/${file}`));

test('numbered classes are in natural order', async () => {
  const { names } = await summaryOf(folderOf(...inEach(['10', '1', '20', '2'], 'a.png')));
  expect(names).toEqual(['1', '2', '10', '20']);
});

test('classes whose names differ only in case stay apart, in a fixed order', async () => {
  const { names } = await summaryOf(folderOf(...inEach(['b', 'B', 'a'], '1.png')));
  expect(names).toEqual(['a', 'b', 'B']);
});

test('folders that wrap all others are not classes', async () => {
  const { names, classesFrom } = await summaryOf(
    folderOf(...inEach(['download/set/cats', 'download/set/dogs'], '1.png')),
  );
  expect([names, classesFrom]).toEqual([['cats', 'dogs'], 'folders']);
});

test('train and test are parts of one set, whose classes are put together', async () => {
  const { classes } = await summaryOf(
    folderOf(
      ...inEach(['set/train/cats', 'set/train/dogs', 'set/Test/cats'], '1.png', '2.png'),
      'set/val/owls/1.png',
    ),
  );
  expect(classes).toEqual([
    { name: 'cats', count: 4 },
    { name: 'dogs', count: 2 },
    { name: 'owls', count: 1 },
  ]);
});

test('train and test without folders in them are not classes, and the reason is given', async () => {
  const { names, count, classless } = await summaryOf(
    folderOf(...inEach(['train', 'test'], '1.png', '2.png')),
  );
  expect([names, count]).toEqual([[], 4]);
  expect(classless).toEqual({
    message: 'Its folders, such as train and test, are splits and not classes; there are no folders in them.',
    remedy: REMEDY,
  });
});

test('a picture beside the folders of the classes is left out, and the classes stay', async () => {
  const folder = folderOf(
    ...inEach(['cats', 'dogs'], '1.png', '2.png', '3.png', '4.png', '5.png'),
    'cover.png',
  );
  const { names, count, leftOut } = await summaryOf(folder);
  expect([names, count]).toEqual([['cats', 'dogs'], 10]);
  expect(leftOut).toEqual([
    {
      file: 'cover.png',
      reason: 'no-class',
      detail: 'It lies beside the folders of the classes. Put it in one of them, or ignore the classes.',
    },
  ]);
  expect((await summaryOf(folder, { classes: 'ignored' })).count).toBe(11);
});

test('with many pictures beside the folders there are no classes, and all are used', async () => {
  const { names, count, leftOut, classless } = await summaryOf(
    folderOf(...inEach(['cats', 'dogs'], '1.png', '2.png'), '1.png', '2.png'),
  );
  expect([names, count, leftOut]).toEqual([[], 6, []]);
  expect(classless).toEqual({
    message: '2 of its 6 pictures lie beside the folders.',
    remedy: 'Put them in the folders of their classes.',
  });
});

test('pictures in 300 folders have no classes, and 256 have', async () => {
  const folders = Array.from({ length: 300 }, (_, index) => String(index));
  const folder = folderOf(...inEach(folders, 'a.png'));
  const { names, count, classless } = await summaryOf(folder);
  expect([names, count]).toEqual([[], 300]);
  expect(classless).toEqual({
    message: 'Its pictures lie in 300 folders; at most 256 can be classes.',
    remedy: 'Choose a folder that holds fewer, or merge some of them.',
  });
  const fewer = folderOf(...inEach(folders.slice(0, 256), 'a.png'));
  expect((await summaryOf(fewer)).names).toEqual(folders.slice(0, 256));
});

test('folders that are empty or hold only clutter are noted, and are not classes', async () => {
  const folder = folderOf(...inEach(['cats', 'dogs'], '1.png'));
  mkdirSync(join(folder.images, 'owls'));
  folder.add('rats/.DS_Store', 'x');
  const { names, notes } = await summaryOf(folder);
  expect(names).toEqual(['cats', 'dogs']);
  expect(notes.filter(({ kind }) => kind === 'empty-class')).toEqual(
    ['owls', 'rats'].map((file) => ({
      file,
      kind: 'empty-class',
      detail: 'This folder is empty, so it is not a class.',
    })),
  );
});

test('the reason names the only folder with pictures, beside an empty one', async () => {
  const folder = folderOf(...inEach(['cats'], '1.png', '2.png'));
  mkdirSync(join(folder.images, 'dogs'));
  expect((await summaryOf(folder)).classless).toEqual({
    message: 'Only the folder cats holds pictures; dogs is empty. There must be two classes or more.',
    remedy: REMEDY,
  });
});

test('pictures in one folder, or in none, have no classes, each with its reason', async () => {
  const messageOf = async (...files: string[]) => (await summaryOf(folderOf(...files))).classless?.message;
  expect(await messageOf('cats/1.png', 'cats/2.png')).toBe(
    'Its pictures lie in one folder, cats. There must be two classes or more.',
  );
  expect(await messageOf('1.png', '2.png')).toBe('Its pictures do not lie in folders of their own.');
});

test.runIf(process.platform === 'linux')(
  'a class whose name is not UTF-8 is named, and the others stay',
  async () => {
    const folder = folderOf(...inEach(['cats', 'dogs'], '1.png', '2.png', '3.png', '4.png', '5.png'));
    const name = Buffer.from('caf\xe9', 'latin1');
    mkdirSync(Buffer.concat([Buffer.from(`${folder.images}/`), name]));
    folder.add(Buffer.concat([name, Buffer.from('/1.png')]), greyPng());
    const { names, leftOut } = await summaryOf(folder);
    expect(names).toEqual(['cats', 'dogs']);
    expect(leftOut).toEqual([
      {
        file: 'caf\ufffd/1.png',
        reason: 'no-class',
        detail: 'The name of its folder is not UTF-8. Rename the folder, or ignore the classes.',
      },
    ]);
  },
);

test('with classes ignored, nothing is left out, and the reason is given', async () => {
  const folder = folderOf(...inEach(['cats', 'dogs'], '1.png', '2.png'), 'cover.png');
  folder.add('dataset.json', JSON.stringify({ labels: [['cats/1.png', 3]] }));
  const { names, count, leftOut, classless, classesFrom, content } = await summaryOf(folder, {
    classes: 'ignored',
  });
  expect([names, count, leftOut, classesFrom, content?.classes]).toEqual([[], 5, [], undefined, []]);
  expect(classless).toEqual({
    message: 'Its classes are ignored, as the setting Classes says.',
    remedy: 'Set Classes to As found to use them.',
  });
});
