/** Classes from folders and from files of labels, each refusal with its own reason. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';

let shade = 0;
const picture = () => greyPng({ width: 8 + (shade++ % 100), height: 8 + Math.floor(shade / 100) });

function folderWith(names: readonly string[]): TestFolder {
  const folder = createTestFolder();
  for (const name of names) folder.add(name, picture());
  return folder;
}

/** So many pictures in each of these folders. */
const many = (folders: readonly string[], count: number) =>
  folders.flatMap((folder) => Array.from({ length: count }, (_, index) => `${folder}/${index}.png`));

async function classesOf(folder: TestFolder) {
  const { summary } = await openTestFolder(folder);
  return summary.classes.map(({ name, count }) => `${name} ${count}`);
}

test.each([
  ['numbers are in natural order', many(['10', '2', '1', '20'], 2), ['1 2', '2 2', '10 2', '20 2']],
  ['one folder around them is none', many(['photos/a', 'photos/b'], 3), ['a 3', 'b 3']],
  ['splits are put together', many(['train/cats', 'train/dogs', 'test/cats'], 2), ['cats 4', 'dogs 2']],
  ['folders within them belong to them', [...many(['a', 'b'], 2), 'a/deep/er.png'], ['a 3', 'b 2']],
] as const)('%s', async (_, names, expected) => {
  expect(await classesOf(folderWith(names))).toEqual(expected);
});

test.each([
  ['flat', ['1.png', '2.png'], 'Its pictures do not lie in folders of their own.'],
  ['one folder', many(['cats'], 3), 'Its pictures lie in one folder, cats. Classes are two or more.'],
  [
    'splits alone',
    many(['train', 'test'], 2),
    'Its folders, such as train and test, are splits and not classes; there are no folders in them.',
  ],
  [
    'too many',
    many(
      Array.from({ length: 257 }, (_, place) => `k${place}`),
      1,
    ),
    'Its pictures lie in 257 folders; at most 256 can be classes.',
  ],
  ['many beside', [...many(['a', 'b'], 3), '1.png', '2.png'], '2 of its 8 pictures lie beside the folders.'],
] as const)('no classes, with the reason: %s', async (_, names, message) => {
  const { summary } = await openTestFolder(folderWith(names));
  expect(summary.classes).toEqual([]);
  expect(summary.classless?.message).toBe(message);
  expect(summary.classless?.remedy).not.toBe('');
});

test('a stray file is left out with its reason, and back in when the classes are ignored', async () => {
  const folder = folderWith([...many(['a', 'b'], 8), 'stray.png']);
  const { summary } = await openTestFolder(folder);
  expect(summary).toMatchObject({ count: 16, classesFrom: 'folders' });
  expect(summary.leftOut).toEqual([
    {
      file: 'stray.png',
      reason: 'no-class',
      detail: expect.stringContaining('beside the folders of the classes'),
    },
  ]);
  const ignored = await openTestFolder(folder, { options: { classes: 'ignored' } });
  expect(ignored.summary).toMatchObject({ count: 17, classes: [], leftOut: [] });
});

test('an empty class is named, and one class beside it is too few', async () => {
  const folder = folderWith(many(['a', 'b'], 2));
  mkdirSync(join(folder.images, 'empty'));
  const { summary } = await openTestFolder(folder);
  expect(summary.classes).toHaveLength(2);
  expect(summary.notes).toEqual([
    expect.objectContaining({ file: 'empty', kind: 'empty-class' }),
    ...summary.notes.slice(1),
  ]);
  const one = folderWith(many(['full'], 2));
  mkdirSync(join(one.images, 'empty'));
  expect((await openTestFolder(one)).summary.classless?.message).toBe(
    'Only the folder full holds pictures; empty is empty. Classes are two or more.',
  );
});

test.runIf(process.platform === 'linux')(
  'a class folder whose name is not UTF-8 is named, and the others stay',
  async () => {
    const folder = folderWith(many(['a', 'b'], 2));
    const name = Buffer.concat([Buffer.from(`${folder.images}/`), Buffer.from([0x63, 0xe9])]);
    mkdirSync(name);
    writeFileSync(Buffer.concat([name, Buffer.from('/1.png')]), picture());
    const { summary } = await openTestFolder(folder);
    expect(summary.classes.map(({ name: each }) => each)).toEqual(['a', 'b']);
    expect(summary.leftOut).toEqual([
      { file: 'c\ufffd/1.png', reason: 'no-class', detail: expect.stringContaining('is not UTF-8') },
    ]);
  },
);

const FOUR = ['00000/1.png', '00000/2.png', '00001/3.png', '00001/4.png'];

test.each([
  ['dataset.json', JSON.stringify({ labels: FOUR.map((name, place) => [name, place % 2 ? 10 : 9]) })],
  [
    'metadata.csv',
    `\ufefffile_name;label\n${FOUR.map((name, place) => `${name};${place % 2 ? 10 : 9}`).join('\n')}\n`,
  ],
  [
    'metadata.csv',
    `label,"file_name"\n${FOUR.map((name, place) => `${place % 2 ? 10 : 9},"${name}"`).join('\r\n')}`,
  ],
  [
    'metadata.jsonl',
    FOUR.map((name, place) => JSON.stringify({ file_name: name, label: place % 2 ? 10 : 9 })).join('\n'),
  ],
])('labels come from %s, whatever the folders', async (file, text) => {
  const folder = folderWith(FOUR);
  folder.add(file, text);
  const { summary } = await openTestFolder(folder);
  expect(summary.classes).toEqual([
    { name: '9', count: 2 },
    { name: '10', count: 2 },
  ]);
  expect(summary).toMatchObject({ classesFrom: file, filesSeen: 4, leftOut: [] });
});

test('labels for half of the files: what fits is used, and the rest is named', async () => {
  const folder = folderWith([...FOUR, '5.png', '6.png']);
  folder.add(
    'metadata.csv',
    `file_name,label\n${FOUR[0]},cat\n${FOUR[1]},dog\n${FOUR[2]},\nnowhere.png,cat\n`,
  );
  const { summary } = await openTestFolder(folder);
  expect(summary.classes).toEqual([
    { name: 'cat', count: 1 },
    { name: 'dog', count: 1 },
  ]);
  expect(summary.leftOut.map(({ file, reason }) => [file, reason])).toEqual(
    [FOUR[2], FOUR[3], '5.png', '6.png'].map((file) => [file, 'no-class']),
  );
  expect(summary.notes).toContainEqual({
    file: 'nowhere.png',
    kind: 'no-such-file',
    detail: 'metadata.csv gives it a label, but there is no such picture.',
  });
});

test.each([
  ['dataset.json', '{"labels": null}', 'It says that the pictures have no labels.'],
  [
    'dataset.json',
    '{"labels": [["00000/1.png", [0, 1]]]}',
    'Its labels are lists, of which a class cannot be told.',
  ],
  ['dataset.json', '{"labels": [', 'It cannot be read as a table of labels.'],
  [
    'metadata.csv',
    'file_name,text\n00000/1.png,a cat\n',
    'It has no column of labels, such as label; it has file_name, text.',
  ],
  [
    'metadata.jsonl',
    '{"file_name": "00000/1.png"}',
    'It has no column of labels, such as label; it has file_name.',
  ],
])('%s with %s gives no classes, and says why', async (file, text, why) => {
  const folder = folderWith(FOUR);
  folder.add(file, text);
  const { summary } = await openTestFolder(folder);
  expect(summary).toMatchObject({ count: 4, classes: [] });
  expect(summary.classless).toEqual({
    message: `${file} gives no classes. ${why}`,
    remedy: 'Mend the file, or take it away: then the folders are the classes.',
  });
});

test('evened out, classes are drawn equally often, and each visits its pictures once before it begins again', async () => {
  const folder = folderWith([...many(['few'], 3), ...many(['lots'], 12)]);
  const dataset = await openTestFolder(folder, { options: { evenClasses: true } });
  const stream = dataset.stream({ batch: 4, seed: 5, from: 0 });
  const drawn: { label: number; key: string }[] = [];
  for (let step = 0; step < 6; step++) {
    const { images, classes } = await stream.take(step);
    expect(images).toEqual(dataset.batch({ step, batch: 4, seed: 5 }));
    const length = images.length / 4;
    classes?.forEach((label, place) =>
      drawn.push({ label, key: images.subarray(place * length, (place + 1) * length).join() }),
    );
  }
  stream.close();
  const of = (label: number) => drawn.filter((each) => each.label === label).map(({ key }) => key);
  expect([of(0).length, of(1).length]).toEqual([12, 12]);
  const resumed = dataset.stream({ batch: 4, seed: 5, from: 5 });
  expect((await resumed.take(5)).images).toEqual(dataset.batch({ step: 5, batch: 4, seed: 5 }));
  resumed.close();
});
