/** A folder is written whole or not at all, and never replaces anything. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { fullDisk } from '../runs/test-full-disk.ts';
import { writeFolder } from './write-folder.ts';

const FILES = { 'README.md': 'words', 'weights/data.bin': Uint8Array.of(1, 2, 3) };
let parent: string;

beforeEach(() => {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-folder-'));
  parent = made;
  onTestFinished(() => fs.rmSync(made, { recursive: true, force: true }));
});

test('the files are in a new folder, and in subfolders if their names have any', async () => {
  const folder = await writeFolder({ parent: path.join(parent, 'new'), name: 'export', files: FILES });
  expect(folder).toBe(path.join(parent, 'new', 'export'));
  expect(fs.readFileSync(path.join(folder, 'README.md'), 'utf8')).toBe('words');
  expect([...fs.readFileSync(path.join(folder, 'weights/data.bin'))]).toEqual([1, 2, 3]);
  expect(fs.readdirSync(path.dirname(folder))).toEqual(['export']);
});

test.each(['file', 'folder'] as const)('a %s of that name stays as it is', async (kind) => {
  const taken = path.join(parent, 'export');
  if (kind === 'file') fs.writeFileSync(taken, 'mine');
  else fs.mkdirSync(taken);
  expect(await writeFolder({ parent, name: 'export', files: FILES })).toBe(`${taken} 2`);
  expect(kind === 'file' ? fs.readFileSync(taken, 'utf8') : fs.readdirSync(taken)).toEqual(
    kind === 'file' ? 'mine' : [],
  );
});

test('nothing is left when the disk is full, and the failure says what to do', async () => {
  const disk = fullDisk();
  disk.fill();
  await expect(writeFolder({ parent, name: 'export', files: FILES })).rejects.toMatchObject({
    code: 'not-written',
    message: `${path.join(parent, 'export')} was not written: the disk is full.`,
    remedy: 'Free some space, or choose a folder on another disk.',
  });
  expect(fs.readdirSync(parent)).toEqual([]);
});

test('nothing is left when it is cancelled', async () => {
  const stop = new AbortController();
  const writing = writeFolder({ parent, name: 'export', files: FILES, signal: stop.signal });
  stop.abort();
  await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
  expect(fs.readdirSync(parent)).toEqual([]);
});

test('a place below a file is refused in words', async () => {
  const file = path.join(parent, 'file');
  fs.writeFileSync(file, 'mine');
  await expect(writeFolder({ parent: file, name: 'export', files: FILES })).rejects.toMatchObject({
    code: 'not-written',
  });
  expect(fs.readFileSync(file, 'utf8')).toBe('mine');
});

test.skipIf(process.geteuid?.() === 0 || process.platform === 'win32')(
  'a folder that may not be written to is refused in words',
  async () => {
    fs.chmodSync(parent, 0o500);
    await expect(writeFolder({ parent, name: 'export', files: FILES })).rejects.toMatchObject({
      code: 'not-written',
      remedy: 'Choose a folder that you may write to.',
    });
    fs.chmodSync(parent, 0o700);
  },
);
