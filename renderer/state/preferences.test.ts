/** Preferences are saved at once, and a refusal stands at what was refused. */
import { expect, test } from 'vitest';
import { StudioError, type Api, type Failure } from '#main/contract/index.ts';
import { Preferences } from './preferences.svelte.ts';

const defaults = { runsFolder: '/documents/GAN Studio', threads: 0, keepAwake: true, notify: true };
const gone: Failure = {
  code: 'runs-folder-missing',
  message: 'It is not there.',
  remedy: 'Connect its disk.',
};
const refusal: Failure = { code: 'run-under-way', message: 'Not during a run.', remedy: 'Stop it first.' };

function studio() {
  const app = {
    known: { preferences: defaults, defaults, cores: 4 } as object,
    refuses: undefined as Failure | undefined,
  };
  const calls: unknown[] = [];
  let moves = 0;
  const api = {
    async call(name: string, input: object) {
      calls.push([name, input]);
      if (app.refuses) throw new StudioError(app.refuses);
      if (name === 'preferences.set') app.known = { ...app.known, preferences: { ...defaults, ...input } };
      return app.known;
    },
    subscribe: () => () => undefined,
  } as unknown as Api;
  const preferences = new Preferences({ api, runsMoved: () => moves++ });
  return { app, calls, preferences, moves: () => moves };
}

test('a change is saved at once, and what the app answers holds', async () => {
  const { preferences, calls } = studio();
  await preferences.load();
  await preferences.set({ threads: 2 });
  expect(preferences.known?.preferences.threads).toBe(2);
  expect(calls.at(-1)).toEqual(['preferences.set', { threads: 2 }]);
  expect(preferences.saving).toBeUndefined();
});

test('the list of runs is read again when the folder is another one, and only then', async () => {
  const { app, preferences, moves } = studio();
  await preferences.load();
  await preferences.chooseRunsFolder('ask');
  expect(moves()).toBe(0);
  app.known = { preferences: { ...defaults, runsFolder: '/other' }, defaults, cores: 4 };
  await preferences.chooseRunsFolder('ask');
  expect(moves()).toBe(1);
});

test('a refusal stands at its setting, changes nothing, and goes with the next try', async () => {
  const { app, preferences, moves } = studio();
  await preferences.load();
  app.refuses = refusal;
  await preferences.set({ threads: 2 });
  await preferences.chooseRunsFolder('default');
  expect(preferences.failures).toEqual({ threads: refusal, runsFolder: refusal });
  expect(preferences.known?.preferences).toEqual(defaults);
  expect(moves()).toBe(0);
  app.refuses = undefined;
  await preferences.set({ threads: 2 });
  await preferences.chooseRunsFolder('default');
  expect(preferences.failures).toEqual({});
});

test('a folder that is not there is told at once, and stays told until it is back', async () => {
  const { app, preferences } = studio();
  app.known = { ...app.known, folderTrouble: gone };
  expect(await preferences.load()).toEqual(gone);
  await preferences.set({ notify: false });
  expect(preferences.failures).toEqual({ runsFolder: gone });
  app.known = { preferences: defaults, defaults, cores: 4 };
  expect(await preferences.load()).toBeUndefined();
  expect(preferences.failures).toEqual({});
});
