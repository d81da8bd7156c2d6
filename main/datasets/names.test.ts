/** Names with any characters, of any length that a system allows, are read and shown. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { scanFiles } from './scan.ts';
import { createTestFolder, openTestFolder } from './test-folder.ts';

const linux = test.runIf(process.platform === 'linux');

test('names of emoji, from right to left, with quotes and of full length are used as they are', async () => {
  const folder = createTestFolder();
  const names = [
    `${'n'.repeat(251)}.png`,
    '🎨🐈‍⬛.png',
    'קוף\u202eתמונה.png',
    `it’s "quoted" \`so\` $HOME;.png`,
    'e\u0301.png',
    '\u00e9.png',
    ' space first.png',
    '-flag.png',
  ];
  for (const [shade, name] of names.entries()) folder.add(name, greyPng({ shade }));
  const dataset = await openTestFolder(folder);
  expect(dataset.summary.leftOut).toEqual([]);
  const { pictures } = dataset.preview(0, 99);
  expect(pictures.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const { file } of pictures) expect(dataset.find(file)).toBeDefined();
});

linux('line ends, control characters and bytes that are not UTF-8 in names do no harm', async () => {
  const folder = createTestFolder();
  for (const name of ['new\nline.png', 'bell\u0007.png', 'esc\u001b[2J.png', Buffer.from([0xff, 0xfe])])
    folder.add(name, greyPng());
  expect((await openTestFolder(folder)).count).toBe(4);
});

linux('names that are the same to people but not to the system stay apart', async () => {
  const folder = createTestFolder();
  folder.add(Buffer.from([0xff]), greyPng({ shade: 1 }));
  folder.add(Buffer.from([0xfe]), greyPng({ shade: 2 }));
  const dataset = await openTestFolder(folder);
  expect(dataset.preview(0, 9).pictures.map(({ name }) => name)).toEqual(['\ufffd', '\ufffd']);
  const bytes = dataset.bytes([0, 1]);
  expect([bytes[0], bytes[bytes.length / 2]]).toEqual([2, 1]);
});

linux('paths of more than 4,000 bytes are named, and the others are used', async () => {
  const folder = createTestFolder();
  folder.add('a.png', greyPng());
  folder.add('b.png', greyPng());
  makeDeepFolders(folder.images);
  const { summary } = await openTestFolder(folder);
  expect(summary.count).toBe(2);
  expect(summary.leftOut).toHaveLength(1);
  expect(summary.leftOut[0]).toMatchObject({ reason: 'unreadable' });
  expect(summary.leftOut[0]?.detail).toMatch(/its name is too long\.$/);
  expect(summary.leftOut[0]?.file).toMatch(/^d{200}\//);
});

/** A picture in folders nested more deeply than a path can name. */
function makeDeepFolders(top: string): void {
  const home = process.cwd();
  const name = 'd'.repeat(200);
  onTestFinished(() => {
    process.chdir(home);
    execFileSync('rm', ['-rf', join(top, name)]); // Node removes by paths, which are too long here
  });
  process.chdir(top);
  const depth = 22;
  for (let made = 0; made < depth; made++) {
    mkdirSync(name);
    process.chdir(name);
  }
  writeFileSync('deep.png', greyPng());
  process.chdir(home);
}

test('for a missing path that is not UTF-8, the error says why it cannot be found', async () => {
  const { images } = createTestFolder();
  await expect(scanFiles({ paths: [join(images, 'caf\ufffd')] })).rejects.toMatchObject({
    code: 'folder-missing',
    remedy: 'Its name is not in UTF-8, which keeps programs from finding it: rename it.',
  });
});
