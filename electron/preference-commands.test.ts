/** A change of the preferences takes effect at once, or is refused and changes nothing. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StudioError, type RunStatus } from '#main/contract/index.ts';
import { createPreferenceHandlers } from './preference-commands.ts';
import { PreferencesFile } from './preferences.ts';

let place: string;
const at = (...parts: string[]) => path.join(place, ...parts);

beforeEach(() => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-preference-commands-'));
});
afterEach(() => fs.rmSync(place, { recursive: true, force: true }));

function opened() {
  const is = { run: undefined as RunStatus | undefined, answer: null as string | null, asked: 0, lab: false };
  const done: string[] = [];
  const preferences = new PreferencesFile({
    file: at('preferences.json'),
    defaults: { runsFolder: at('runs'), threads: 0, keepAwake: true, notify: true },
  });
  const handlers = createPreferenceHandlers({
    preferences,
    grants: { grantRuns: (folder) => done.push(`grant ${folder}`) },
    runUnderWay: () => is.run,
    askForFolder: async () => {
      is.asked++;
      return is.answer;
    },
    runsMoved: () => done.push(`move to ${preferences.current.runsFolder}`),
    restartAround: async (change) => {
      if (is.lab)
        throw new StudioError({ code: 'lab-in-play', message: 'It would be lost.', remedy: 'Reset it.' });
      change();
      done.push(`restart with ${preferences.current.threads}`);
    },
    changed: () => done.push('changed'),
  });
  return { is, done, preferences, handlers };
}

test('a folder that was chosen is granted, and runs go there at once', async () => {
  const { is, done, handlers } = opened();
  is.answer = at('elsewhere');
  fs.mkdirSync(is.answer);
  const { preferences } = await handlers['preferences.chooseRunsFolder']({ to: 'ask' });
  expect(preferences.runsFolder).toBe(at('elsewhere'));
  expect(done).toEqual([`grant ${at('elsewhere')}`, `move to ${at('elsewhere')}`]);
  const again = await handlers['preferences.chooseRunsFolder']({ to: 'default' });
  expect(again.preferences).toEqual(again.defaults);
  expect(done.slice(2)).toEqual([`grant ${at('runs')}`, `move to ${at('runs')}`]);
  expect(fs.existsSync(at('runs'))).toBe(true);
});

test('the default folder counts as the default, also when it is chosen in the dialog', async () => {
  const { is, preferences, handlers } = opened();
  is.answer = at('runs');
  fs.mkdirSync(at('runs'));
  await handlers['preferences.chooseRunsFolder']({ to: 'ask' });
  expect(preferences.runs).toEqual({ folder: at('runs'), isDefault: true });
});

test('a dialog that is cancelled and a folder that cannot be written to change nothing', async () => {
  const { is, done, preferences, handlers } = opened();
  await handlers['preferences.chooseRunsFolder']({ to: 'ask' });
  is.answer = at('gone');
  await expect(handlers['preferences.chooseRunsFolder']({ to: 'ask' })).rejects.toMatchObject({
    code: 'folder-not-writable',
    message: `Runs cannot be saved in ${at('gone')}: it is not there.`,
  });
  expect({ done, runs: preferences.current.runsFolder }).toEqual({ done: [], runs: at('runs') });
});

test('a folder whose disk is gone is reported with a remedy, also without a run', async () => {
  const { is, handlers } = opened();
  is.answer = at('stick');
  fs.mkdirSync(is.answer);
  await handlers['preferences.chooseRunsFolder']({ to: 'ask' });
  expect(await handlers['preferences.get']({})).not.toHaveProperty('folderTrouble');
  fs.rmdirSync(at('stick'));
  expect((await handlers['preferences.get']({})).folderTrouble).toMatchObject({
    code: 'runs-folder-missing',
  });
});

test('during a run, the folder and the threads cannot be changed; the other preferences can', async () => {
  const { is, done, preferences, handlers } = opened();
  is.run = 'training';
  for (const to of ['ask', 'default'] as const)
    await expect(handlers['preferences.chooseRunsFolder']({ to })).rejects.toMatchObject({
      code: 'run-under-way',
    });
  expect(is.asked).toBe(0);
  await expect(handlers['preferences.set']({ threads: 2 })).rejects.toMatchObject({ code: 'run-under-way' });
  await handlers['preferences.set']({ threads: 0, keepAwake: false, notify: false });
  expect(preferences.current).toMatchObject({ threads: 0, keepAwake: false, notify: false });
  expect(done).toEqual(['changed']);
});

test('a run that begins while the dialog is open keeps its folder', async () => {
  const { is, done, handlers } = opened();
  is.answer = place;
  const choosing = handlers['preferences.chooseRunsFolder']({ to: 'ask' });
  is.run = 'training';
  await expect(choosing).rejects.toMatchObject({ code: 'run-under-way' });
  expect(done).toEqual([]);
});

test('another number of threads restarts the process that trains, the same number does not', async () => {
  const { done, handlers } = opened();
  await handlers['preferences.set']({ threads: 2 });
  await handlers['preferences.set']({ threads: 2 });
  expect(done).toEqual(['changed', 'restart with 2', 'changed']);
});

test('a restart that would lose something changes nothing', async () => {
  const { is, done, preferences, handlers } = opened();
  is.lab = true;
  await expect(handlers['preferences.set']({ threads: 2, notify: false })).rejects.toMatchObject({
    code: 'lab-in-play',
  });
  expect(preferences.current).toMatchObject({ threads: 0, notify: true });
  expect(done).toEqual([]);
});

test('while a run waits to be saved, the remedy is to save it or to stop without saving', async () => {
  const { is, handlers } = opened();
  is.run = 'unsaved';
  await expect(handlers['preferences.set']({ threads: 2 })).rejects.toMatchObject({
    message: 'The number of cores cannot be changed while the last state of a run is not saved.',
    remedy: 'Save it again, or stop without saving first.',
  });
  await expect(handlers['preferences.chooseRunsFolder']({ to: 'ask' })).rejects.toMatchObject({
    message: 'The folder for runs cannot be changed while the last state of a run is not saved.',
  });
});
