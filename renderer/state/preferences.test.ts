/** Preferences are saved at once, and a refused one says why. */
import { expect, test, vi } from 'vitest';
import { StudioError, type CommandInput, type CommandOutput, type Failure } from '#main/contract/index.ts';
import { Preferences } from './preferences.svelte.ts';
import { fakeApi } from './test-api.ts';

const defaults = { runsFolder: '/documents/GAN Studio', threads: 0, keepAwake: true, notify: true };
const gone: Failure = {
  code: 'runs-folder-missing',
  message: 'It is not there.',
  remedy: 'Connect its disk.',
};
const refusal: Failure = { code: 'run-under-way', message: 'Not during a run.', remedy: 'Stop it first.' };

type PreferencesAnswer = CommandOutput<'preferences.get'>;

async function studio(known: PreferencesAnswer = { preferences: defaults, defaults, cores: 4 }) {
  const app = { known, refuses: undefined as Failure | undefined };
  const answer = (changes: CommandInput<'preferences.set'> = {}): PreferencesAnswer => {
    if (app.refuses) throw new StudioError(app.refuses);
    app.known = { ...app.known, preferences: Object.assign({}, app.known.preferences, changes) };
    return app.known;
  };
  const { api, inputsOf } = fakeApi({
    'preferences.get': () => answer(),
    'preferences.set': answer,
    'preferences.chooseRunsFolder': () => answer(),
  });
  let moves = 0;
  const said: string[] = [];
  const preferences = new Preferences({
    api,
    notices: { say: (text) => said.push(text) },
    library: {
      load: async () => {
        moves++;
      },
    },
  });
  await vi.waitFor(() => expect(preferences.known).toBeDefined());
  return { app, changes: () => inputsOf('preferences.set'), preferences, said, moves: () => moves };
}

test('a change is saved at once, and the answer of the app is what counts', async () => {
  const { preferences, changes } = await studio();
  await preferences.set({ threads: 2 });
  expect(preferences.known?.preferences.threads).toBe(2);
  expect(changes()).toEqual([{ threads: 2 }]);
  expect(preferences.saving).toBeUndefined();
});

test('the list of runs is read again when their folder has changed, and only then', async () => {
  const { app, preferences, moves } = await studio();
  await preferences.chooseRunsFolder('ask');
  expect(moves()).toBe(0);
  app.known = { preferences: { ...defaults, runsFolder: '/other' }, defaults, cores: 4 };
  await preferences.chooseRunsFolder('ask');
  expect(moves()).toBe(1);
});

test('a refusal is shown at its preference, changes nothing, and is gone with the next try', async () => {
  const { app, preferences, moves } = await studio();
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

test('a missing folder has one notice at the start, and a failure at its preference until it is back', async () => {
  const { app, preferences, said } = await studio({
    preferences: defaults,
    defaults,
    cores: 4,
    folderTrouble: gone,
  });
  await preferences.set({ notify: false });
  expect(preferences.failures.runsFolder).toEqual(gone);
  app.known = { preferences: defaults, defaults, cores: 4 };
  await preferences.load();
  expect(preferences.failures.runsFolder).toBeUndefined();
  expect(said).toEqual(['It is not there. Connect its disk.']);
});

test('changes that come while one is being saved are saved after it', async () => {
  const { preferences, changes } = await studio();
  await Promise.all([preferences.set({ threads: 1 }), preferences.set({ notify: false })]);
  expect(changes()).toEqual([{ threads: 1 }, { notify: false }]);
});
