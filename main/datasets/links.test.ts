/** Links out of the data set, in circles, and to the whole disk. */
import { closeSync, linkSync, mkdirSync, openSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { showPath } from './paths.ts';
import { scanFiles } from './scan.ts';
import { createTestFolder, type TestFolder } from './test-folder.ts';
import { MOST_LINKED } from './find-files.ts';

async function scan({ images }: TestFolder) {
  const found = await scanFiles({ paths: [images] });
  return { ...found, names: found.files.map(({ path }) => showPath(path)) };
}

/** A folder beside the images with `count` files. */
function addOutside({ images }: TestFolder, { name, files }: { name: string; files: number }): string {
  const outside = join(images, '..', name);
  mkdirSync(outside);
  for (let index = 0; index < files; index++) {
    const file = join(outside, `${index}.png`);
    // Hard links cost less than files, and a file system allows many to one file.
    if (index % 1000 === 0) closeSync(openSync(file, 'w'));
    else linkSync(join(outside, `${index - (index % 1000)}.png`), file);
  }
  return outside;
}

describe.skipIf(process.platform === 'win32')('links', () => {
  test('to a folder outside are followed, with a note', async () => {
    const folder = createTestFolder();
    folder.add('a.png', 'x');
    const outside = addOutside(folder, { name: 'outside', files: 2 });
    const single = addOutside(folder, { name: 'single', files: 1 });
    symlinkSync(outside, join(folder.images, 'more'));
    symlinkSync(single, join(folder.images, 'one more'));
    const { names, leftOut, notes } = await scan(folder);
    expect(names).toEqual(['a.png', 'more/0.png', 'more/1.png', 'one more/0.png']);
    expect(leftOut).toEqual([]);
    expect(notes).toEqual([
      {
        file: 'more',
        kind: 'linked',
        detail: `Leads to ${outside}, outside the data set: 2 files are taken from there.`,
      },
      {
        file: 'one more',
        kind: 'linked',
        detail: `Leads to ${single}, outside the data set: one file is taken from there.`,
      },
    ]);
  });

  test('to a file outside are followed with a note; to a file inside, without one', async () => {
    const folder = createTestFolder();
    folder.add('a.png', 'x');
    const outside = join(addOutside(folder, { name: 'outside', files: 1 }), '0.png');
    symlinkSync(outside, join(folder.images, 'b.png'));
    symlinkSync('a.png', join(folder.images, 'c.png'));
    const { names, notes } = await scan(folder);
    expect(names).toEqual(['a.png', 'b.png', 'c.png']);
    expect(notes).toEqual([
      { file: 'b.png', kind: 'linked', detail: `Leads to ${outside}, outside the data set.` },
    ]);
  });

  test('to a folder with more files than a link may lead to take none, and other links still do', async () => {
    const folder = createTestFolder();
    folder.add('a.png', 'x');
    const large = addOutside(folder, { name: 'large', files: MOST_LINKED + 1 });
    const small = addOutside(folder, { name: 'small', files: 1 });
    symlinkSync(large, join(folder.images, 'b'));
    symlinkSync(small, join(folder.images, 'c'));
    symlinkSync(large, join(folder.images, 'd'));
    const { names, leftOut } = await scan(folder);
    expect(names).toEqual(['a.png', 'c/0.png']);
    const detail = `Leads to ${large}, outside the data set, to more than 10,000 files. Drop that folder itself to use it.`;
    expect(leftOut).toEqual([
      { file: 'b', reason: 'link-out', detail },
      { file: 'd', reason: 'link-out', detail },
    ]);
  });

  test('to a folder with exactly as many files as a link may lead to take all of them', async () => {
    const folder = createTestFolder();
    const large = addOutside(folder, { name: 'large', files: MOST_LINKED });
    symlinkSync(large, join(folder.images, 'b'));
    const { names, leftOut } = await scan(folder);
    expect(names).toHaveLength(MOST_LINKED);
    expect(leftOut).toEqual([]);
  });

  test('to the whole disk soon take nothing', async () => {
    const folder = createTestFolder();
    folder.add('a.png', 'x');
    symlinkSync('/', join(folder.images, 'root'));
    const { names, leftOut } = await scan(folder);
    expect(names).toEqual(['a.png']);
    expect(leftOut).toMatchObject([{ file: 'root', reason: 'link-out' }]);
  });

  test('that lead out and back in do not take files twice', async () => {
    const folder = createTestFolder();
    folder.add('in/a.png', 'x');
    const outside = addOutside(folder, { name: 'outside', files: 1 });
    symlinkSync(folder.images, join(outside, 'back'));
    symlinkSync(outside, join(outside, 'itself'));
    symlinkSync(outside, join(folder.images, 'out'));
    const { names, leftOut } = await scan(folder);
    expect(names).toEqual(['in/a.png', 'out/0.png']);
    expect(leftOut).toEqual([
      { file: 'out/back', reason: 'link-loop', detail: 'Leads to the folder itself, which is read already.' },
      { file: 'out/itself', reason: 'link-loop', detail: 'Leads to out, which is read already.' },
    ]);
  });

  test('in folders behind links are followed as well, each with a note', async () => {
    const folder = createTestFolder();
    const first = addOutside(folder, { name: 'first', files: 1 });
    const second = addOutside(folder, { name: 'second', files: 2 });
    symlinkSync(second, join(first, 'on'));
    symlinkSync(first, join(folder.images, 'out'));
    const { names, notes } = await scan(folder);
    expect(names).toEqual(['out/0.png', 'out/on/0.png', 'out/on/1.png']);
    expect(notes.map(({ file }) => file).sort()).toEqual(['out', 'out/on']);
  });

  test('to a run take nothing of it', async () => {
    const folder = createTestFolder();
    folder.add('a.png', 'x');
    const run = addOutside(folder, { name: 'run', files: 1 });
    for (const name of ['config.json', 'events.jsonl']) writeFileSync(join(run, name), '');
    symlinkSync(run, join(folder.images, 'link'));
    const { names, leftOut } = await scan(folder);
    expect(names).toEqual(['a.png']);
    expect(leftOut).toMatchObject([{ file: 'link', reason: 'run' }]);
  });

  test('to the sheets of a run take none of them', async () => {
    const folder = createTestFolder();
    folder.add('a.png', 'x');
    const run = addOutside(folder, { name: 'run', files: 0 });
    for (const name of ['config.json', 'events.jsonl']) writeFileSync(join(run, name), '');
    renameSync(addOutside(folder, { name: 'samples', files: 2 }), join(run, 'samples'));
    symlinkSync(join(run, 'samples'), join(folder.images, 'link'));
    const { names, leftOut } = await scan(folder);
    expect(names).toEqual(['a.png']);
    expect(leftOut).toMatchObject([{ file: 'link', reason: 'run' }]);
  });

  test('in a circle of two are each reported', async () => {
    const folder = createTestFolder();
    folder.add('a.png', 'x');
    symlinkSync('two', join(folder.images, 'one'));
    symlinkSync('one', join(folder.images, 'two'));
    const { leftOut } = await scan(folder);
    expect(leftOut.map(({ file, reason }) => [file, reason])).toEqual([
      ['one', 'link-loop'],
      ['two', 'link-loop'],
    ]);
  });
});
