/** The library shows what is on disk, newest first, and knows the run under way better than its files do. */
import { expect, test, vi } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  StudioError,
  type Api,
  type CommandName,
  type RunListing,
} from '#main/contract/index.ts';
import { Library, matching, newestFirst } from './library.svelte.ts';
import { Run } from './run.svelte.ts';
import { nameOfCopy } from './run-name.svelte.ts';

const listing = (name: string, known: Partial<RunListing> = {}): RunListing => ({
  folder: `/runs/${name}`,
  config: { ...DEFAULT_RUN_CONFIG, name },
  note: '',
  status: 'stopped',
  step: 10,
  started: 0,
  changed: 0,
  trainedSeconds: 1,
  checkpoint: 10,
  ...known,
});

function libraryWith(list: RunListing[], answer: (name: CommandName) => unknown = () => ({})) {
  const call = vi.fn(async (name: CommandName) => {
    if (name === 'runs.list') return list;
    if (name === 'runs.history')
      return {
        steps: new Uint32Array(),
        losses: {},
        measures: {},
        metrics: { steps: new Uint32Array(), values: {} },
        samples: [],
        dataChanges: [],
      };
    return answer(name);
  });
  const api = { call, subscribe: () => () => undefined } as unknown as Api;
  const run = new Run(api);
  return { library: new Library({ api, run }), run, call };
}

test('runs are ordered by their newest event', () => {
  const list = [listing('a', { changed: 1 }), listing('b', { changed: 3 }), listing('c', { changed: 2 })];
  expect(newestFirst(list).map(({ config }) => config.name)).toEqual(['b', 'c', 'a']);
});

test('a search finds every word in name or note, in any case', () => {
  const list = [listing('Digits', { note: 'Eyes come out RIGHT' }), listing('Emoji')];
  expect(matching(list, ' digits  right ')).toEqual([list[0]]);
  expect(matching(list, 'e')).toHaveLength(1 + 1);
  expect(matching(list, 'wrong')).toEqual([]);
});

test('the run under way here is shown as it is now, and held by nobody else', async () => {
  const held = listing('a', { status: 'training', holder: { pid: 1, program: 'GAN Studio', since: '' } });
  const { library, run } = libraryWith([held], () => ({
    folder: held.folder,
    config: held.config,
    status: 'training',
    step: 10,
  }));
  await run.resume({ folder: held.folder });
  run.apply({ type: 'losses', step: 99, losses: { discriminator: 1, generator: 2 } });
  await library.load();
  expect(library.entries?.[0]).toMatchObject({ status: 'training', step: 99 });
  expect(library.entries?.[0]?.holder).toBeUndefined();
});

test('a rename that fails changes nothing, and says why', async () => {
  const { library } = libraryWith([listing('a')], () => {
    throw new StudioError({ code: 'read-only', message: 'Cannot be written.', remedy: 'Move it.' });
  });
  await library.load();
  expect(await library.rename(library.entries![0]!, 'b')).toBe(false);
  expect(library.entries?.[0]?.config.name).toBe('a');
  expect(library.changeFailure?.code).toBe('read-only');
});

test('a run that went to the trash is gone from the list and from sight', async () => {
  const { library } = libraryWith([listing('a'), listing('b')]);
  await library.load();
  library.select(library.entries![0]!);
  await library.trash(library.entries![0]!);
  expect(library.entries?.map(({ config }) => config.name)).toEqual(['b']);
  expect(library.listing).toBeUndefined();
});

test('a copy has a name of its own', () => {
  expect(nameOfCopy('Digits')).toBe('Digits, changed');
  expect(nameOfCopy('Digits, changed')).toBe('Digits, changed 2');
  expect(nameOfCopy('Digits, changed 9')).toBe('Digits, changed 10');
  expect(nameOfCopy('x'.repeat(120)).length).toBeLessThanOrEqual(120);
});
