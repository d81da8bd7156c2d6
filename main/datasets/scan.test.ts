import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { showPath } from './paths.ts';
import { scanFiles } from './scan.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { createTestFolder, openTestFolder } from './test-folder.ts';

test('files of nested folders are found in byte order, whatever their names', async () => {
  const folder = createTestFolder();
  const names = [
    'b.png',
    'a/z.png',
    'a/deep/er/x.png',
    'with space.png',
    `quo'te".png`,
    '🎨 emoji.png',
    'new\nline.png',
    'é.png',
    'B.PNG',
  ];
  for (const name of names) folder.add(name, 'x');
  const { files } = await scanFiles({ paths: [folder.images] });
  const wanted = names
    .map((name) => Buffer.from(name))
    .sort(Buffer.compare)
    .map(showPath);
  expect(files.map(({ path }) => showPath(path))).toEqual(wanted);
});

test.runIf(process.platform === 'linux')(
  'a name that is not UTF-8 is read, and shown with U+FFFD',
  async () => {
    const folder = createTestFolder();
    const name = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x2e, 0x70, 0x6e, 0x67]); // café.png in Latin-1
    folder.add(name, greyPng());
    folder.add('other.png', greyPng());
    folder.add(Buffer.from([0xff, 0xfe]), 'no image');
    const { summary } = await openTestFolder(folder);
    expect(summary).toMatchObject({
      count: 2,
      filesSeen: 3,
      leftOut: [{ file: '\ufffd\ufffd', reason: 'not-an-image' }],
    });
    expect(showPath(name)).toBe('caf\ufffd.png');
  },
);

test('hidden files and system clutter are skipped silently', async () => {
  const folder = createTestFolder();
  for (const name of ['.DS_Store', '.hidden/a.png', 'Thumbs.db', 'desktop.ini', '__MACOSX/a.png', 'a.png'])
    folder.add(name, 'x');
  const { files, leftOut } = await scanFiles({ paths: [folder.images] });
  expect(files.map(({ path }) => showPath(path))).toEqual(['a.png']);
  expect(leftOut).toEqual([]);
});

test('links are followed; loops, second links to a folder and broken links are reported once each', async () => {
  const folder = createTestFolder();
  folder.add('real/a.png', 'x');
  mkdirSync(join(folder.images, '..', 'elsewhere'));
  symlinkSync('../../images', join(folder.images, 'real', 'up'));
  symlinkSync('real', join(folder.images, 'same'));
  symlinkSync('self', join(folder.images, 'self'));
  symlinkSync('nowhere', join(folder.images, 'broken'));
  symlinkSync('real/a.png', join(folder.images, 'file-link.png'));
  symlinkSync('../elsewhere', join(folder.images, 'outside'));
  const { files, leftOut } = await scanFiles({ paths: [folder.images] });
  expect(files.map(({ path }) => showPath(path))).toEqual(['file-link.png', 'real/a.png']);
  expect(leftOut.sort((a, b) => (a.file < b.file ? -1 : 1))).toEqual([
    { file: 'broken', reason: 'unreadable', detail: 'A link that leads nowhere.' },
    { file: 'real/up', reason: 'link-loop', detail: 'Leads to the folder itself, which is read already.' },
    { file: 'same', reason: 'link-loop', detail: 'Leads to real, which is read already.' },
    { file: 'self', reason: 'link-loop', detail: 'A link that leads to itself.' },
  ]);
});

test.runIf(process.platform === 'linux')('a pipe is left out and not waited for', async () => {
  const folder = createTestFolder();
  execFileSync('mkfifo', [join(folder.images, 'pipe.png')]);
  const { leftOut } = await scanFiles({ paths: [folder.images] });
  expect(leftOut).toEqual([{ file: 'pipe.png', reason: 'not-an-image', detail: 'Not a regular file.' }]);
});

/** Root may read everything, so tests of unreadable files run as another user. */
function becomeSomebodyElse(): void {
  if (process.getuid?.() !== 0) return;
  process.seteuid?.(65534);
  onTestFinished(() => process.seteuid?.(0));
}

test.skipIf(process.platform === 'win32')(
  'what may not be read is reported and not fatal, and decodes the rest again only once it may be read',
  async () => {
    const folder = createTestFolder();
    folder.add('a.png', greyPng());
    folder.add('b.png', greyPng());
    folder.add('secret.png', greyPng());
    folder.add('locked/c.png', greyPng());
    mkdirSync(folder.folders.cache);
    chmodSync(folder.folders.cache, 0o777);
    chmodSync(join(folder.images, 'secret.png'), 0);
    chmodSync(join(folder.images, 'locked'), 0);
    becomeSomebodyElse();
    const { summary } = await openTestFolder(folder);
    expect(summary.count).toBe(2);
    expect(summary.leftOut).toEqual([
      { file: 'locked', reason: 'unreadable', detail: 'This folder cannot be read: permission is missing.' },
      {
        file: 'secret.png',
        reason: 'unreadable',
        detail: 'This file cannot be read: permission is missing.',
      },
    ]);
    const stages = new Set<string>();
    const again = await openTestFolder(folder, { onProgress: ({ stage }) => stages.add(stage) });
    expect(again.summary).toEqual(summary);
    expect([...stages]).toEqual(['scanning']); // nothing was decoded again
    if (process.getuid?.() === 0) process.seteuid?.(0);
    chmodSync(join(folder.images, 'secret.png'), 0o644);
    chmodSync(join(folder.images, 'locked'), 0o755);
    expect((await openTestFolder(folder)).count).toBe(4);
  },
);

test('the errors of a missing folder, a file and an empty folder have a remedy', async () => {
  const folder = createTestFolder();
  folder.add('deep/er/.keep', '');
  const open = (path: string) => openTestFolder(folder, { source: { kind: 'files', paths: [path] } });
  await expect(open(join(folder.images, 'none'))).rejects.toMatchObject({
    name: 'StudioError',
    code: 'folder-missing',
  });
  await expect(openTestFolder(folder, { source: { kind: 'built-in', name: 'emoji' } })).rejects.toMatchObject(
    {
      code: 'folder-missing',
      message: 'The pictures of the built-in data set emoji are missing.',
    },
  );
  await expect(open(folder.images)).rejects.toMatchObject({
    code: 'folder-empty',
    remedy: expect.stringContaining('PNG'),
  });
  folder.add('a.png', greyPng());
  await expect(open(join(folder.images, 'a.png'))).rejects.toMatchObject({ code: 'too-few-images' });
});

test('a built-in data set is opened by its name', async () => {
  const folder = createTestFolder();
  folder.add('0/a.png', greyPng());
  folder.add('1/b.png', greyPng());
  mkdirSync(folder.folders.builtIn);
  renameSync(folder.images, join(folder.folders.builtIn, 'digits'));
  const { summary } = await openTestFolder(folder, { source: { kind: 'built-in', name: 'digits' } });
  expect(summary).toMatchObject({ name: 'Digits', count: 2, source: { kind: 'built-in', name: 'digits' } });
  expect(readdirSync(folder.folders.builtIn)).toEqual(['digits']);
});
