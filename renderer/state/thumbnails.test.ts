/** A thumbnail shows pictures that the generator made, wherever they are in the sample grid. */
import { expect, test } from 'vitest';
import type { ImageBatch } from '#main/contract/index.ts';
import { fakeApi, settled } from './test-api.ts';
import { Thumbnails } from './thumbnails.svelte.ts';

/** Images of one pixel each, which is the image's index. */
const sheet = (count: number, layout: Pick<ImageBatch, 'columns' | 'rows'> = {}): ImageBatch => ({
  count,
  size: 1,
  channels: 1,
  pixels: Uint8Array.from({ length: count }, (_, index) => index),
  ...layout,
});

async function shownOf(images: ImageBatch): Promise<number[]> {
  const thumbnails = new Thumbnails(fakeApi({ 'runs.samples': () => images }).api);
  thumbnails.want({ folder: 'a run', step: 1 });
  await settled();
  return [...(thumbnails.of('a run')?.pixels ?? [])];
}

test('a thumbnail has the first four images of a grid, or one if the grid has fewer', async () => {
  expect(await shownOf(sheet(9))).toEqual([0, 1, 2, 3]);
  expect(await shownOf(sheet(6, { columns: 3, rows: ['cats', 'dogs'] }))).toEqual([0, 1, 2, 3]);
  expect(await shownOf(sheet(1))).toEqual([0]);
});

test('pictures of the data and the same rebuilt are left out', async () => {
  const rows = ['pictures', 'rebuilt', 'new', 'new'];
  expect(await shownOf(sheet(16, { columns: 4, rows }))).toEqual([8, 9, 10, 11]);
  const classed = ['pictures', 'rebuilt', 'pictures', 'rebuilt', 'cats'];
  expect(await shownOf(sheet(15, { columns: 3, rows: classed }))).toEqual([12]);
});
