import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '../contract/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { createRunHandlers, holdRun, listRun, Run, withFreeName, type RunHandlers } from './index.ts';
import { fullDisk } from './test-full-disk.ts';

let folder: string;
let handlers: RunHandlers;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-names-'));
  handlers = createRunHandlers({
    folders: { cache: folder, builtIn: folder, runs: folder },
    decoders: testDecoders,
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const made = (place: string, name: string): string =>
  Run.create(path.join(folder, place), { ...DEFAULT_RUN_CONFIG, name }).folder;

test('a new run gets a name that no run of the folder has, whatever else lies there', () => {
  made('one', 'Digits');
  made('two', 'DIGITS 2');
  fs.mkdirSync(path.join(folder, 'no run'));
  fs.writeFileSync(path.join(folder, 'file'), '');
  const nameOf = (name: string) => withFreeName({ ...DEFAULT_RUN_CONFIG, name }, folder).name;
  expect([nameOf('Digits'), nameOf('Emoji')]).toEqual(['Digits 3', 'Emoji']);
  expect(withFreeName(DEFAULT_RUN_CONFIG, path.join(folder, 'none yet'))).toEqual(DEFAULT_RUN_CONFIG);
});

test('a name that another run has is refused with one that is free; its own name in other letters is not', async () => {
  made('one', 'Digits');
  const place = made('two', 'Emoji');
  await expect(handlers['runs.rename']({ folder: place, name: 'digits' })).rejects.toMatchObject({
    code: 'name-taken',
    message: 'Another run is named “digits” already.',
    remedy: 'Choose another name, such as “digits 2”.',
  });
  expect(listRun(place).config.name).toBe('Emoji');
  await handlers['runs.rename']({ folder: place, name: 'EMOJI' });
  expect(listRun(place).config.name).toBe('EMOJI');
});

test('when the disk refuses to change a run, the remedy is about the run’s own folder', async () => {
  const place = made('one', 'Digits');
  const disk = fullDisk();
  const refused = async (code: string) => {
    disk.fill(code);
    const [outcome] = await Promise.allSettled([handlers['runs.rename']({ folder: place, name: 'Other' })]);
    return outcome.status === 'rejected' ? (outcome.reason as { remedy: string }).remedy : undefined;
  };
  expect(await refused('ENOSPC')).toBe('Free some space on this disk, then try again.');
  expect(await refused('EACCES')).toBe(
    'Allow this program to write to the run’s folder again, then try again.',
  );
  expect(await refused('EIO')).toBe('Check the disk, then try again.');
  await expect(handlers['runs.note']({ folder: place, note: 'x' })).rejects.toMatchObject({
    code: 'not-written',
    remedy: 'Check the disk, then try again.',
  });
});

test('an unsaved run is interrupted once its process has ended; while that lives it is unsaved', () => {
  const place = made('one', 'Digits');
  const run = Run.open(place);
  const failure = { code: 'not-written', message: 'Full.', remedy: 'Free some space.' };
  run.log({ type: 'warning', step: 3, failure });
  run.log({ type: 'trouble-over', step: 4, code: 'not-written' });
  run.log({ type: 'run-state', status: 'unsaved', step: 5, failure });
  const release = holdRun(place, 'the test');
  expect(listRun(place)).toMatchObject({ status: 'unsaved', step: 5 });
  release();
  expect(listRun(place)).toMatchObject({ status: 'interrupted', step: 5 });
});
