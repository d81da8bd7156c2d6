/** Files that systems leave in folders are not data; what a person names is, whatever its name. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greyPng } from '../pictures/test-pictures.ts';
import { CLUTTER } from './clutter.ts';
import { showPath } from './paths.ts';
import { scanFiles } from './scan.ts';
import { createTestFolder, openTestFolder } from './test-folder.ts';

test.each(Object.entries(CLUTTER))('%j is skipped silently (%s)', async (name) => {
  const folder = createTestFolder();
  const upper = name.toUpperCase();
  folder.add(`${name}/picture.png`, 'x');
  folder.add(`sub/${upper}`, 'x');
  folder.add('a.png', 'x');
  folder.add(`not ${name}.png`, 'x');
  const { files, leftOut, hidden } = await scanFiles({ paths: [folder.images] });
  expect(files.map(({ path }) => showPath(path))).toEqual(['a.png', `not ${name}.png`]);
  expect([leftOut, hidden]).toEqual([[], 0]);
});

test('pictures whose names begin with a dot are skipped in a folder, and taken when they are named', async () => {
  const folder = createTestFolder();
  folder.add('.a.png', greyPng());
  folder.add('.b.JPG', greyPng());
  folder.add('c.png', greyPng());
  const scanned = await scanFiles({ paths: [folder.images] });
  expect(scanned.files.map(({ path }) => showPath(path))).toEqual(['c.png']);
  expect(scanned.hidden).toBe(2);
  const paths = ['.a.png', 'c.png'].map((name) => join(folder.images, name));
  const { summary } = await openTestFolder(folder, { source: { kind: 'files', paths } });
  expect(summary.count).toBe(2);
});

test('a hidden folder is taken when it is named', async () => {
  const folder = createTestFolder();
  folder.add('.faces/a.png', greyPng());
  folder.add('.faces/b.png', greyPng());
  const paths = [join(folder.images, '.faces')];
  expect((await openTestFolder(folder, { source: { kind: 'files', paths } })).count).toBe(2);
});

test('if a dot hides all pictures of a folder, the error says so', async () => {
  const folder = createTestFolder();
  for (const name of ['.a.png', '.b.webp', '.c.heic', '._c.heic', '.DS_Store']) folder.add(name, greyPng());
  await expect(openTestFolder(folder)).rejects.toMatchObject({
    code: 'folder-empty',
    message: `All 3 pictures in ${folder.images} have names that begin with a dot, which hides them.`,
    remedy: 'Rename them, or drop the files themselves.',
  });
});

test('if a dot hides the only picture of a folder, the error says so', async () => {
  const folder = createTestFolder();
  folder.add('.a.png', greyPng());
  await expect(openTestFolder(folder)).rejects.toMatchObject({
    code: 'folder-empty',
    message: `The only picture in ${folder.images} has a name that begins with a dot, which hides it.`,
    remedy: 'Rename it, or drop the file itself.',
  });
});
