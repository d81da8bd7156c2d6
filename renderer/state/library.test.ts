/** The library shows the runs on disk, newest first, and the run in the trainer as it is now. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type RunListing } from '#main/contract/index.ts';
import { Library, matching, newestFirst } from './library.svelte.ts';
import { Run } from './run.svelte.ts';
import { nameOfCopy } from './run-name.svelte.ts';
import { fakeApi, held, type Answers } from './test-api.ts';
import { current, NO_HISTORY } from './test-run.ts';

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

const DAMAGED = { code: 'run-damaged', message: 'It cannot be read.', remedy: 'Correct it.' };

function libraryWith(list: RunListing[], answers: Answers = {}) {
  const { api } = fakeApi({
    'runs.list': () => ({ runs: list, damaged: [{ folder: '/runs/strange', failure: DAMAGED }] }),
    'runs.history': () => NO_HISTORY,
    'runs.checkpoints': () => [],
    ...answers,
  });
  const run: Run = new Run(api, (left) => library.keep(left));
  const library: Library = new Library({ api, run });
  return { library, run };
}

test('runs are ordered by their newest event', () => {
  const list = [listing('a', { changed: 1 }), listing('b', { changed: 3 }), listing('c', { changed: 2 })];
  expect(newestFirst(list).map(({ config }) => config.name)).toEqual(['b', 'c', 'a']);
});

test('runs that cannot be read are listed apart from those that can', async () => {
  const { library } = libraryWith([listing('a')]);
  await library.load();
  expect(library.list).toHaveLength(1);
  expect(library.damaged).toEqual([{ folder: '/runs/strange', failure: DAMAGED }]);
});

test('a search finds every word in name or note, in any case', () => {
  const list = [listing('Digits', { note: 'Eyes come out RIGHT' }), listing('Emoji')];
  expect(matching(list, ' digits  right ')).toEqual([list[0]]);
  expect(matching(list, 'e')).toHaveLength(1 + 1);
  expect(matching(list, 'wrong')).toEqual([]);
});

test('the run in this trainer is shown as it is now, and held by no other program', async () => {
  const under = listing('a', { status: 'training', holder: { pid: 1, program: 'GAN Studio', since: '' } });
  const { library, run } = libraryWith([under], {
    'run.resume': () => ({ folder: under.folder, config: under.config, status: 'training', step: 10 }),
  });
  await run.resume({ folder: under.folder });
  run.apply({ type: 'losses', step: 99, losses: { discriminator: 1, generator: 2 } });
  run.apply({ type: 'measures', step: 99, values: { distance: 0.5 } });
  run.apply({ type: 'run-state', status: 'training', step: 99, trainedSeconds: 20 });
  await library.load();
  expect(library.entries?.[0]).toMatchObject({
    status: 'training',
    step: 99,
    trainedSeconds: 20,
    losses: { discriminator: 1, generator: 2 },
    metrics: { distance: 0.5 },
  });
  run.apply({
    type: 'progress',
    step: 109,
    steps: 200,
    epoch: 1,
    imagesSeen: 1,
    imagesPerSecond: under.config.batch,
  });
  expect(library.entries?.[0]).toMatchObject({ step: 109, trainedSeconds: 30 });
  expect(library.entries?.[0]?.holder).toBeUndefined();
});

test('a rename that fails changes nothing, and says why', async () => {
  const { library } = libraryWith([listing('a')], {
    'runs.rename': () => {
      throw new StudioError({ code: 'read-only', message: 'Cannot be written.', remedy: 'Move it.' });
    },
  });
  await library.load();
  expect(await library.rename(library.entries![0]!, 'b')).toBe(false);
  expect(library.entries?.[0]?.config.name).toBe('a');
  expect(library.changeFailure?.code).toBe('read-only');
});

test('a run in the trash is gone from the list, and no longer selected', async () => {
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

test('a selected run keeps its losses and samples when another one replaces it in the trainer', async () => {
  const { library, run } = libraryWith([listing('a'), listing('b')], {
    'run.start': () => ({ ...current('training'), folder: starts }),
  });
  let starts = '/runs/a';
  await library.load();
  await run.start(DEFAULT_RUN_CONFIG);
  run.apply({ type: 'losses', step: 1, losses: { discriminator: 1, generator: 2 } });
  run.apply({ type: 'run-state', status: 'stopped', step: 1 });
  library.select(library.list![0]!);
  expect(library.record?.curves.losses.length).toBe(1);
  starts = '/runs/b';
  await run.start(DEFAULT_RUN_CONFIG);
  expect(run.record?.folder).toBe('/runs/b');
  expect(library.record?.folder).toBe('/runs/a');
  expect(library.record?.curves.losses.length).toBe(1);
});

test('a new name is shown at once, and the old one comes back when the disk refuses it', async () => {
  const { requests, hold } = held<'runs.rename'>();
  const { library } = libraryWith([listing('a')], { 'runs.rename': hold });
  await library.load();
  const renamed = library.rename(library.list![0]!, 'b');
  expect(library.list![0]!.config.name).toBe('b');
  requests[0]?.refuse(
    new StudioError({ code: 'name-taken', message: 'Another run is called b.', remedy: 'Choose another.' }),
  );
  expect(await renamed).toBe(false);
  expect(library.list![0]!.config.name).toBe('a');
  expect(library.changeFailure?.code).toBe('name-taken');
});

test('a run in the trash is no longer shown as the run in the trainer', async () => {
  const { library, run } = libraryWith([listing('a')], {
    'run.open': () => ({ ...current('stopped', 10), folder: '/runs/a' }),
  });
  await library.load();
  await run.open('/runs/a');
  expect(run.record?.folder).toBe('/runs/a');
  await library.trash(library.list![0]!);
  expect(run.record).toBeUndefined();
  expect(library.has('/runs/a')).toBe(false);
});

test('a search finds what the row of a run shows: data set, GAN and state', () => {
  const list = [listing('a'), listing('b', { status: 'failed' })];
  const words = ({ status }: RunListing) => ['Digits', 'DCGAN', status === 'failed' ? 'Failed' : 'Stopped'];
  expect(matching(list, 'dcgan failed', words)).toEqual([list[1]]);
  expect(matching(list, 'digits', words)).toHaveLength(2);
});
