import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, type StudioEvent } from '../contract/index.ts';
import { createDatasetHandlers } from './handlers.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { createTestFolder } from './test-folder.ts';

function createLibrary() {
  const folder = createTestFolder();
  for (let index = 0; index < 60; index++) folder.add(`${index}.png`, greyPng({ shade: index }));
  const events: StudioEvent[] = [];
  const handlers = createDatasetHandlers({
    folders: folder.folders,
    decoders: testDecoders,
    emit: (event) => events.push(event),
    picturesOf: () => ({ changeOf: () => undefined }),
  });
  onTestFinished(() => handlers.close());
  const open = (size: 28 | 32) =>
    handlers['dataset.open']({
      source: { kind: 'files', paths: [folder.images] },
      leftOut: [],
      options: { ...DEFAULT_DATASET_OPTIONS, size },
    });
  return { handlers, events, open };
}

test('opening answers the summary, reports progress and then serves thumbnails', async () => {
  const { handlers, events, open } = createLibrary();
  const { id, count } = await open(28);
  expect(count).toBe(60);
  expect(events[0]).toMatchObject({ type: 'dataset-progress', stage: 'scanning' });
  expect(events.at(-1)).toEqual({ type: 'dataset-progress', stage: 'decoding', done: 60, total: 60 });
  expect(events.length).toBeLessThan(20);
  expect(await handlers['dataset.thumbnails']({ id, from: 10, count: 4 })).toMatchObject({
    images: { count: 4, size: 28, channels: 3 },
  });
  await expect(handlers['dataset.thumbnails']({ id: 'other', from: 0, count: 1 })).rejects.toMatchObject({
    code: 'dataset-not-open',
  });
});

test('a newer opening cancels the older one', async () => {
  const { open } = createLibrary();
  const older = open(28);
  const newer = open(32);
  await expect(older).rejects.toMatchObject({ code: 'cancelled' });
  expect((await newer).options.size).toBe(32);
});

test('cancelling rejects the opening and keeps the dataset that was open', async () => {
  const { handlers, open } = createLibrary();
  const { id } = await open(28);
  const opening = open(32);
  await handlers['dataset.cancel']({});
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
  expect(await handlers['dataset.thumbnails']({ id, from: 0, count: 1 })).toMatchObject({
    images: { count: 1 },
  });
});
