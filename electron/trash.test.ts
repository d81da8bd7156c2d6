import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunListing } from '#main/contract/index.ts';
import { trashRun } from './trash.ts';

let place: string;
let folder: string;
const listing = (more: Partial<RunListing> = {}): RunListing => ({
  folder,
  config: DEFAULT_RUN_CONFIG,
  note: '',
  status: 'stopped',
  step: 3,
  started: 0,
  changed: 0,
  trainedSeconds: 0,
  checkpoint: 3,
  ...more,
});
const moveToTrash = (from: string) => fs.promises.rename(from, path.join(place, 'trash'));

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-trash-'));
  folder = path.join(place, 'runs', 'a run');
  fs.mkdirSync(folder, { recursive: true });
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

test('a listed run goes to the trash', async () => {
  await trashRun(path.join(folder, '..', 'a run'), { runs: [listing()], damaged: [], moveToTrash });
  expect(fs.readdirSync(place).sort()).toEqual(['runs', 'trash']);
  expect(fs.readdirSync(path.join(place, 'runs'))).toEqual([]);
});

test('a run that cannot be read goes to the trash, unless a process trains it', async () => {
  const failure = { code: 'run-damaged', message: 'It cannot be read.', remedy: 'Correct it.' };
  const holder = { pid: 42, program: 'the command line', since: '2026-01-01' };
  const held = trashRun(folder, { runs: [], damaged: [{ folder, failure, holder }], moveToTrash });
  await expect(held).rejects.toMatchObject({
    code: 'run-held',
    message: expect.stringContaining('The run “a run” is being trained by the command line (process 42)'),
  });
  expect(fs.existsSync(folder)).toBe(true);
  await trashRun(folder, { runs: [], damaged: [{ folder, failure }], moveToTrash });
  expect(fs.existsSync(folder)).toBe(false);
});

test('a folder that the library does not list stays', async () => {
  for (const other of [path.join(place, 'runs'), path.join(folder, 'checkpoints'), place]) {
    await expect(
      trashRun(other, { runs: [listing()], damaged: [], moveToTrash }),
      other,
    ).rejects.toMatchObject({
      code: 'run-missing',
    });
  }
  expect(fs.existsSync(folder)).toBe(true);
});

test('a run that a process trains stays, and the error names that process', async () => {
  const holder = { pid: 42, program: 'the command line', since: '2026-01-01' };
  await expect(
    trashRun(folder, { runs: [listing({ holder })], damaged: [], moveToTrash }),
  ).rejects.toMatchObject({
    code: 'run-held',
    message: expect.stringContaining('the command line (process 42)'),
  });
  expect(fs.existsSync(folder)).toBe(true);
});

test('without a trash nothing is deleted, and the remedy says what to do', async () => {
  const refusals = [() => Promise.reject(new Error('no trash on this disk')), () => Promise.resolve()];
  for (const refuse of refusals) {
    await expect(
      trashRun(folder, { runs: [listing()], damaged: [], moveToTrash: refuse }),
    ).rejects.toMatchObject({
      code: 'no-trash',
      remedy: expect.stringContaining(folder),
    });
  }
  expect(fs.existsSync(folder)).toBe(true);
});
