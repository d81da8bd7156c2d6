/** A dataset that is ready outlives every failure to open another. */
import { expect, test, vi } from 'vitest';
import {
  STUDY_POINTS,
  StudioError,
  type Api,
  type CommandInput,
  type DatasetSummary,
} from '#main/contract/index.ts';
import { Dataset } from './dataset.svelte.ts';

type Opening = CommandInput<'dataset.open'>;

function summaryOf({ source, options }: Opening): DatasetSummary {
  return {
    id: '1',
    source,
    options,
    name: 'Set',
    count: 3,
    filesSeen: 3,
    leftOut: [],
    notes: [],
    formats: { PNG: 3 },
    classes: [],
  };
}

function datasetWith(open: (opening: Opening) => Promise<DatasetSummary>) {
  const images = { count: 3, size: 1, channels: 1, pixels: new Uint8Array(3) };
  const call = (name: string, input: Opening): Promise<unknown> =>
    name === 'dataset.open' ? open(input) : Promise.resolve(images);
  const opened = vi.fn();
  return {
    dataset: new Dataset({ api: { call, subscribe: () => () => undefined } as unknown as Api, opened }),
    opened,
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('a folder that cannot be read leaves the dataset and its options as they were', async () => {
  const { dataset } = datasetWith(async (opening) => {
    if (opening.source.kind === 'folder')
      throw new StudioError({ code: 'unreadable', message: 'No.', remedy: 'Choose another.' });
    return summaryOf(opening);
  });
  dataset.openBuiltIn('digits');
  await settled();
  dataset.openFolder('/locked');
  await settled();
  expect(dataset.failure?.code).toBe('unreadable');
  expect(dataset.choice?.source).toEqual({ kind: 'built-in', name: 'digits' });
  expect(dataset.options.size).toBe(28);
});

test('only the newest of two openings counts', async () => {
  const answers: (() => void)[] = [];
  const { dataset, opened } = datasetWith(
    (opening) => new Promise((resolve) => answers.push(() => resolve(summaryOf(opening)))),
  );
  dataset.openBuiltIn('digits');
  dataset.openBuiltIn('emoji');
  answers[1]?.();
  answers[0]?.();
  await settled();
  expect(opened).toHaveBeenCalledTimes(1);
  expect(dataset.summary?.source).toEqual({ kind: 'built-in', name: 'emoji' });
});

test('mirroring prepares nothing anew; any other option does, once it has settled', async () => {
  const open = vi.fn(async (opening: Opening) => summaryOf(opening));
  const { dataset } = datasetWith(open);
  dataset.openBuiltIn('digits');
  await settled();
  dataset.change({ mirror: true });
  expect(dataset.choice?.options.mirror).toBe(true);
  dataset.change({ size: 32 });
  dataset.change({ size: 64 });
  expect(dataset.choice).toBeUndefined();
  await vi.waitFor(() => expect(dataset.choice?.options).toMatchObject({ size: 64, mirror: true }));
  expect(open).toHaveBeenCalledTimes(2);
});

test('points are one picture, and prepare nothing that images would need', async () => {
  const open = vi.fn(async (opening: Opening) => ({ ...summaryOf(opening), count: 10_000 }));
  const { dataset } = datasetWith(open);
  dataset.openBuiltIn('digits');
  await settled();
  expect(dataset.hasMore).toBe(true);
  dataset.openPoints(STUDY_POINTS.ring);
  await settled();
  expect(dataset.hasMore).toBe(false);
  expect(dataset.choice).toEqual({
    source: { kind: 'points', points: STUDY_POINTS.ring },
    options: dataset.options,
  });
  expect(dataset.options.size).toBe(28);
});

test("one's own points are opened once they have settled, and not while one is wrong", async () => {
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
