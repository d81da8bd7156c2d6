/** A data set that is ready stays so when another one fails to open. */
import { expect, test, vi } from 'vitest';
import {
  DEFAULT_DATASET_OPTIONS,
  STUDY_POINTS,
  StudioError,
  type CommandInput,
  type DatasetSummary,
  type RecentDataset,
} from '#main/contract/index.ts';
import { Dataset } from './dataset.svelte.ts';
import { settled, type Answers } from './test-api.ts';
import { datasetApi, hashAt, summaryOf } from './test-dataset.ts';

type Opening = CommandInput<'dataset.open'>;

function datasetWith(open: (opening: Opening) => Promise<DatasetSummary>, answers: Answers = {}) {
  const opened = vi.fn();
  const { api, inputsOf } = datasetApi({ 'dataset.open': open, ...answers });
  return { dataset: new Dataset({ api, opened }), opened, inputsOf };
}

const cats: RecentDataset = {
  source: { kind: 'files', paths: ['/cats'] },
  options: { ...DEFAULT_DATASET_OPTIONS, size: 32 },
  leftOut: ['1'.repeat(32)],
  name: 'cats',
  count: 39,
};
const refusal = new StudioError({ code: 'folder-missing', message: '/cats is gone.', remedy: 'Choose it.' });

test('a folder that cannot be read leaves the data set and its options as they were', async () => {
  const { dataset } = datasetWith(async (opening) => {
    if (opening.source.kind === 'files') throw refusal;
    return summaryOf(opening);
  });
  dataset.open.builtIn('digits');
  await settled();
  dataset.open.places(['/locked']);
  await settled();
  expect(dataset.failure?.code).toBe('folder-missing');
  expect(dataset.choice?.source).toEqual({ kind: 'built-in', name: 'digits' });
  expect(dataset.options.size).toBe(28);
});

test('only the newest of two openings counts', async () => {
  const answers: (() => void)[] = [];
  const { dataset, opened } = datasetWith(
    (opening) => new Promise((resolve) => answers.push(() => resolve(summaryOf(opening)))),
  );
  dataset.open.builtIn('digits');
  dataset.open.builtIn('emoji');
  answers[1]?.();
  answers[0]?.();
  await settled();
  expect(opened).toHaveBeenCalledTimes(1);
  expect(dataset.summary?.source).toEqual({ kind: 'built-in', name: 'emoji' });
});

test('mirroring and even classes need no new preparation; any other option does, once it has settled', async () => {
  const open = vi.fn(async (opening: Opening) => summaryOf(opening));
  const { dataset } = datasetWith(open);
  dataset.open.builtIn('digits');
  await settled();
  dataset.change({ mirror: true });
  dataset.change({ evenClasses: true });
  expect(dataset.choice?.options).toMatchObject({ mirror: true, evenClasses: true });
  dataset.change({ size: 32 });
  dataset.change({ size: 64 });
  expect(dataset.choice).toBeUndefined();
  await vi.waitFor(() => expect(dataset.choice?.options).toMatchObject({ size: 64, mirror: true }));
  dataset.change({ classes: 'ignored' });
  await vi.waitFor(() => expect(dataset.choice?.options.classes).toBe('ignored'));
  expect(open).toHaveBeenCalledTimes(3);
});

test('points are one picture, and leave the options of pictures as they are', async () => {
  const open = vi.fn(async (opening: Opening) => ({ ...summaryOf(opening), count: 10_000, usable: 10_000 }));
  const { dataset } = datasetWith(open);
  dataset.open.builtIn('digits');
  await settled();
  expect(dataset.pictures.hasMore).toBe(true);
  dataset.open.points(STUDY_POINTS.ring);
  await settled();
  expect(dataset.pictures.hasMore).toBe(false);
  expect(dataset.choice).toMatchObject({
    source: { kind: 'points', points: STUDY_POINTS.ring },
    options: dataset.options,
    leftOut: [],
  });
  expect(dataset.options.size).toBe(28);
});

test('one’s own points are opened once they have settled, and not while they have an error', async () => {
  const open = vi.fn(async (opening: Opening) => summaryOf(opening));
  const { dataset } = datasetWith(open);
  dataset.ownPoints.text = '0, 0';
  dataset.changeOwnPoints();
  dataset.ownPoints.text = '0, 0\n1, 1';
  dataset.changeOwnPoints();
  await vi.waitFor(() =>
    expect(dataset.choice?.source).toMatchObject({
      points: {
        centres: [
          [0, 0],
          [1, 1],
        ],
      },
    }),
  );
  expect(open).toHaveBeenCalledTimes(1);
});

test('the window opens the data set used last, as it was left, or else the digits', async () => {
  const open = vi.fn(async (opening: Opening) => summaryOf(opening));
  const { dataset } = datasetWith(open, { 'dataset.recent': async () => [cats] });
  await dataset.openLast();
  await settled();
  const { source, options, leftOut } = cats;
  expect(open).toHaveBeenCalledWith({ source, options, leftOut });
  expect(dataset.choice).toMatchObject({ source, options, leftOut });

  const first = datasetWith(open);
  await first.dataset.openLast();
  await settled();
  expect(first.dataset.choice?.source).toEqual({ kind: 'built-in', name: 'digits' });
});

test('a data set used last that cannot be opened is not replaced by another', async () => {
  const { dataset } = datasetWith(() => Promise.reject(refusal), { 'dataset.recent': async () => [cats] });
  await dataset.openLast();
  await settled();
  expect(dataset.failure?.message).toBe('/cats is gone.');
  expect(dataset.choice).toBeUndefined();
});

test('it is known who opened a data set: one dropped after the first one failed was opened by the person', async () => {
  const { dataset, opened } = datasetWith(
    async (opening) => {
      if (opening.options.size === cats.options.size) throw refusal;
      return summaryOf(opening);
    },
    { 'dataset.recent': async () => [cats] },
  );
  await dataset.openLast();
  await settled();
  expect(dataset.failure).toBeDefined();
  expect(opened).not.toHaveBeenCalled();
  dataset.open.places(['/dogs']);
  await settled();
  expect(opened).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'Set' }), 'person');

  const other = datasetWith(async (opening) => summaryOf(opening));
  await other.dataset.openLast();
  await settled();
  expect(other.opened).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'Set' }), 'itself');
  other.dataset.tryAgain();
  await settled();
  expect(other.opened).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'Set' }), 'person');
});

test('an opened data set is remembered, with what is left out of it', async () => {
  const { dataset, inputsOf } = datasetWith(async (opening) => summaryOf(opening));
  dataset.open.recent(cats);
  await settled();
  expect(inputsOf('dataset.remember')).toEqual([{ ...cats, name: 'Set', count: 3 }]);
});

test('a data set that is dropped again keeps what was left out of it', async () => {
  const open = vi.fn(async (opening: Opening) => summaryOf(opening));
  const { dataset } = datasetWith(open, { 'dataset.recent': async () => [cats] });
  await dataset.recent.load();
  dataset.open.places(['/cats']);
  expect(open).toHaveBeenLastCalledWith({
    source: cats.source,
    options: cats.options,
    leftOut: cats.leftOut,
  });
  dataset.open.places(['/dogs']);
  expect(open.mock.lastCall?.[0].leftOut).toEqual([]);
});

test('if a run’s pictures cannot be opened, there is nothing to train on with its settings', async () => {
  const { dataset } = datasetWith(async (opening) => {
    if (opening.run !== undefined) throw refusal;
    return summaryOf(opening);
  });
  dataset.open.builtIn('digits');
  await settled();
  const ready = await dataset.reopen(cats, { folder: '/runs/a', name: 'A run' });
  expect(ready).toBe(false);
  expect(dataset.choice).toBeUndefined();
  expect(dataset.ofRun).toEqual({ folder: '/runs/a', name: 'A run' });
  dataset.open.builtIn('digits');
  await settled();
  expect(dataset.choice).toBeDefined();
  expect(dataset.ofRun).toBeUndefined();
});

test('how pictures differ from those of the run stays until another data set is opened', async () => {
  const changed = { code: 'data-changed', message: '10 of 40 are missing.', remedy: '' };
  const { dataset } = datasetWith(async (opening) => ({
    ...summaryOf(opening),
    ...(opening.run === undefined ? {} : { changed }),
  }));
  expect(await dataset.reopen(cats, { folder: '/runs/a', name: 'A run' })).toBe(true);
  expect(dataset.changed).toEqual(changed);
  dataset.open.builtIn('emoji');
  expect(dataset.changed).toBeUndefined();
});

test('pictures that are left out stay so through changes of options, also while those are prepared', async () => {
  let answer: () => void = () => undefined;
  const open = vi.fn(async (opening: Opening) => {
    if (opening.options.size === 64) await new Promise<void>((resolve) => (answer = resolve));
    return summaryOf(opening);
  });
  const leaveOut = vi.fn(async ({ leftOut }: CommandInput<'dataset.leaveOut'>) =>
    summaryOf({ ...cats, leftOut }),
  );
  const { dataset } = datasetWith(open, { 'dataset.leaveOut': leaveOut });
  dataset.open.recent({ ...cats, leftOut: [] });
  await settled();
  dataset.pictures.toggle({ file: hashAt(1) });
  dataset.change({ size: 28 });
  dataset.change({ size: 64 });
  await vi.waitFor(() => expect(open).toHaveBeenCalledTimes(2));
  expect(open.mock.lastCall?.[0].leftOut).toEqual([hashAt(1)]);
  dataset.pictures.toggle({ file: hashAt(2) });
  await settled();
  answer();
  await settled();
  expect(leaveOut.mock.lastCall?.[0].leftOut).toEqual([hashAt(1), hashAt(2)]);
  expect(dataset.choice?.leftOut).toEqual([hashAt(1), hashAt(2)]);
});

test('a data set that cannot be opened does not change how the ready pictures are drawn', async () => {
  const { dataset } = datasetWith(async (opening) => {
    if (opening.source.kind === 'built-in') throw refusal;
    return summaryOf(opening);
  });
  dataset.open.recent({ ...cats, options: { ...cats.options, mirror: false, evenClasses: false } });
  await settled();
  const dogs = { ...cats, source: { kind: 'built-in' as const, name: 'emoji' as const } };
  dataset.open.recent({ ...dogs, options: { ...cats.options, mirror: true, evenClasses: true } });
  await settled();
  expect(dataset.failure).toBeDefined();
  expect(dataset.choice).toMatchObject({
    source: cats.source,
    options: { mirror: false, evenClasses: false },
  });
  expect(dataset.options).toMatchObject({ mirror: false, evenClasses: false });
});
