/** What is taken of what was dropped or named: exactly that, and the reason for everything left out. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { showPath } from './paths.ts';
import { scanFiles } from './scan.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';
import { MOST_LINKED } from './walk.ts';

const namesIn = async (...paths: string[]) =>
  (await scanFiles({ paths })).files.map(({ path }) => showPath(path));

function addForty(folder: TestFolder): void {
  for (let index = 0; index < 40; index++) folder.add(`${index}.png`, greyPng({ shade: index }));
}

/** What a run leaves: settings, a log and sheets. */
function addRun(folder: TestFolder, name: string): void {
  folder.add(`${name}/config.json`, '{}');
  folder.add(`${name}/events.jsonl`, '');
  folder.add(`${name}/samples/step-000000001.png`, greyPng());
}

test('two of forty files are two pictures', async () => {
  const folder = createTestFolder();
  addForty(folder);
  const paths = ['3.png', '17.png'].map((name) => join(folder.images, name));
  const { summary } = await openTestFolder(folder, { source: { kind: 'files', paths } });
  expect(summary).toMatchObject({
    count: 2,
    filesSeen: 2,
    name: '2 files of images',
    taken: 'Taken: the files 3.png and 17.png, and nothing beside them.',
  });
});

test('two folders are two classes, and a folder with a file in it is taken once', async () => {
  const folder = createTestFolder();
  for (const [place, name] of ['cats', 'dogs'].entries())
    for (let index = 0; index < 3; index++)
      folder.add(`${name}/${index}.png`, greyPng({ shade: 50 * place + index }));
  const [cats, dogs] = ['cats', 'dogs'].map((name) => join(folder.images, name));
  const { summary } = await openTestFolder(folder, { source: { kind: 'files', paths: [cats!, dogs!] } });
  expect(summary.classes).toEqual([
    { name: 'cats', count: 3 },
    { name: 'dogs', count: 3 },
  ]);
  expect(summary.name).toBe('cats and dogs');
  expect(await namesIn(cats!, join(cats!, '0.png'))).toEqual(['0.png', '1.png', '2.png']);
});

test('files of two folders with one name are both taken', async () => {
  const folder = createTestFolder();
  folder.add('a/photo.png', greyPng({ shade: 1 }));
  folder.add('b/photo.png', greyPng({ shade: 2 }));
  const paths = ['a', 'b'].map((name) => join(folder.images, name, 'photo.png'));
  expect(await namesIn(...paths)).toEqual(['photo.png', 'photo.png (2)']);
});

test('a place that is not there is left out among others with its reason, and is the answer alone', async () => {
  const folder = createTestFolder();
  addForty(folder);
  const gone = join(folder.images, 'gone');
  const { files, leftOut } = await scanFiles({ paths: [gone, join(folder.images, '1.png')] });
  expect(files).toHaveLength(1);
  expect(leftOut).toEqual([{ file: gone, reason: 'unreadable', detail: `${gone} is not there.` }]);
  for (const paths of [[gone], [gone, join(folder.images, 'too')]])
    await expect(scanFiles({ paths })).rejects.toMatchObject({ code: 'folder-missing' });
});

test.each([
  '@eaDir/1.png/SYNOPHOTO_THUMB_M.jpg',
  '#recycle/old.png',
  '#snapshot/a.png',
  '@Recycle/old.png',
  '@Recently-Snapshot/a.png',
  'lost+found/a.png',
  '.thumbnails/a.png',
  '.@__thumb/a.png',
  '.Trash-1000/files/a.png',
  '$RECYCLE.BIN/a.png',
  'System Volume Information/a.png',
  'Network Trash Folder/a.png',
  '__MACOSX/._a.png',
  '._a.png',
  '.AppleDouble/a.png',
  'Thumbs.db',
  'Icon\r',
])('%s is what a system leaves, and is passed over', async (name) => {
  const folder = createTestFolder();
  folder.add('a.png', greyPng());
  folder.add(name, greyPng());
  const scan = await scanFiles({ paths: [folder.images] });
  expect(scan.files.map(({ path }) => showPath(path))).toEqual(['a.png']);
  expect(scan.leftOut).toEqual([]);
});

test('pictures whose names begin with a dot are said to be hidden, and taken when they are dropped themselves', async () => {
  const folder = createTestFolder();
  for (const name of ['.a.png', '.b.png']) folder.add(name, greyPng({ shade: name.length }));
  await expect(openTestFolder(folder)).rejects.toMatchObject({
    code: 'folder-empty',
    message: expect.stringMatching(
      /^All 2 pictures in .* have names that begin with a dot, which hides them\.$/,
    ),
    remedy: 'Rename them, or drop the files themselves.',
  });
  const paths = ['.a.png', '.b.png'].map((name) => join(folder.images, name));
  expect(await namesIn(...paths)).toEqual(['.a.png', '.b.png']);
});

test('a run within the folder is left out and said, as is each run of a whole runs folder', async () => {
  const folder = createTestFolder();
  addForty(folder);
  addRun(folder, 'out/run');
  addRun(folder, 'GAN Studio/one');
  addRun(folder, 'GAN Studio/two');
  const { summary } = await openTestFolder(folder);
  expect(summary.count).toBe(40);
  expect(summary.leftOut.map(({ file, reason }) => [file, reason])).toEqual([
    ['GAN Studio/one', 'run'],
    ['GAN Studio/two', 'run'],
    ['out/run', 'run'],
  ]);
});

test('a run, its samples and a sheet of it are no data', async () => {
  const folder = createTestFolder();
  addRun(folder, 'run');
  for (const name of ['run', 'run/samples', 'run/samples/step-000000001.png']) {
    await expect(scanFiles({ paths: [join(folder.images, name)] }), name).rejects.toMatchObject({
      code: 'run-not-data',
      remedy: expect.stringContaining('resume it'),
    });
  }
});

test('a link that leads out is followed with a word, and not at all where there is too much behind it', async () => {
  const folder = createTestFolder();
  folder.add('a.png', greyPng());
  const outside = join(folder.images, '..', 'outside');
  const huge = join(folder.images, '..', 'huge');
  mkdirSync(outside);
  mkdirSync(huge);
  writeFileSync(join(outside, 'b.png'), greyPng());
  for (let index = 0; index <= MOST_LINKED; index++) writeFileSync(join(huge, `${index}.png`), '');
  symlinkSync(outside, join(folder.images, 'few'));
  symlinkSync(huge, join(folder.images, 'many'));
  symlinkSync(join(outside, 'b.png'), join(folder.images, 'one.png'));
  const { files, leftOut, notes } = await scanFiles({ paths: [folder.images] });
  expect(files.map(({ path }) => showPath(path))).toEqual(['a.png', 'few/b.png', 'one.png']);
  expect(leftOut).toEqual([
    { file: 'many', reason: 'link-out', detail: expect.stringContaining('to more than 10,000 files') },
  ]);
  expect(notes.map(({ file, kind }) => [file, kind])).toEqual([
    ['few', 'linked'],
    ['one.png', 'linked'],
  ]);
});

test('a link to the root of the disk takes nothing, and ends soon', async () => {
  const folder = createTestFolder();
  folder.add('a.png', greyPng());
  symlinkSync('/', join(folder.images, 'all'));
  const { files, leftOut } = await scanFiles({ paths: [folder.images] });
  expect(files).toHaveLength(1);
  expect(leftOut.map(({ file, reason }) => [file, reason])).toEqual([['all', 'link-out']]);
});

test('names of any kind are taken', async () => {
  const folder = createTestFolder();
  const names = [`${'n'.repeat(251)}.png`, '🐈.png', 'שלום.png', 'a\nb.png', `"quo'ted".png`];
  names.forEach((name, shade) => folder.add(name, greyPng({ shade })));
  expect((await openTestFolder(folder)).count).toBe(names.length);
});

test.runIf(process.platform === 'linux')(
  'folders too deep for the system to name are left out and said',
  async () => {
    const folder = createTestFolder();
    folder.add('a.png', greyPng());
    const deeper = `d=${'x'.repeat(200)}; for i in $(seq 25); do mkdir $d; cd $d; done`;
    execFileSync('bash', ['-c', `cd '${folder.images}'; ${deeper}`]);
    onTestFinished(() => void execFileSync('rm', ['-rf', folder.images]));
    const { files, leftOut } = await scanFiles({ paths: [folder.images] });
    expect(files).toHaveLength(1);
    expect(leftOut).toEqual([
      {
        file: expect.stringContaining('xxx'),
        reason: 'unreadable',
        detail: expect.stringMatching(/cannot be read: its name is too long\.$/),
      },
    ]);
  },
);
