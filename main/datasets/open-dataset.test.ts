import {
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evictCacheEntries } from './cache-eviction.ts';
import type { DatasetProgress } from './open-dataset.ts';
import { greyPng, hugePng, TEST_IMAGES } from '../pictures/test-pictures.ts';
import { createTestFolder, openTestFolder, type TestFolder } from './test-folder.ts';

/** 40 readable pictures, and three that are not. */
function addImages(folder: TestFolder): void {
  for (let index = 0; index < 37; index++) folder.add(`good ${index}.png`, greyPng({ shade: index * 5 }));
  folder.add('cut.png', readFileSync(join(TEST_IMAGES, 'rgb.png')).subarray(0, 100));
  folder.add('empty.jpg', '');
  folder.add('cut.jpg', readFileSync(join(TEST_IMAGES, 'rgb.jpg')).subarray(0, 600));
}

function entryFolder({ folders }: TestFolder): string {
  const names = readdirSync(join(folders.cache, 'datasets'));
  expect(names).toHaveLength(1);
  return join(folders.cache, 'datasets', names[0]!);
}

async function openCounting(folder: TestFolder) {
  const reports: DatasetProgress[] = [];
  const dataset = await openTestFolder(folder, { onProgress: (report) => reports.push(report) });
  return { dataset, decoded: reports.filter(({ stage }) => stage === 'decoding').length, reports };
}

test('three damaged files among forty are left out by name, and the rest is used', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const { summary } = await openTestFolder(folder);
  expect(summary).toMatchObject({ count: 37, filesSeen: 40, formats: { PNG: 37 }, name: 'images' });
  expect(summary.leftOut.map(({ file, reason }) => [file, reason])).toEqual([
    ['cut.jpg', 'damaged'],
    ['cut.png', 'damaged'],
    ['empty.jpg', 'damaged'],
  ]);
  expect(summary.leftOut[2]?.detail).toBe('The file is empty.');
});

test('the summary has the original sizes, the formats, and every reason for leaving a file out', async () => {
  const folder = createTestFolder();
  folder.add('a.png', greyPng({ width: 10, height: 20 }));
  folder.add('named wrongly.txt', greyPng({ width: 30, height: 40 }));
  folder.add('turned.jpg', readFileSync(join(TEST_IMAGES, 'orientation-6.jpg')));
  folder.add('tiny.png', greyPng({ width: 4 }));
  folder.add('giant.png', hugePng(30_000));
  folder.add('notes.png', 'no picture');
  folder.add('photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'));
  const { summary } = await openTestFolder(folder);
  expect(summary.originalSizes).toEqual({ smallest: [10, 20], median: [30, 40], largest: [48, 32] });
  expect(summary.formats).toEqual({ PNG: 2, JPEG: 1 });
  expect(summary.leftOut).toEqual([
    {
      file: 'giant.png',
      reason: 'too-large',
      detail: '30000 × 30000 pixels; at most 100 megapixels, such as 10000 × 10000',
    },
    {
      file: 'notes.png',
      reason: 'not-an-image',
      detail: 'not a PNG, JPEG, WebP, AVIF, HEIC, GIF, TIFF or BMP file',
    },
    { file: 'photo.heic', reason: 'damaged', detail: expect.stringContaining('The HEIC data is damaged') },
    { file: 'tiny.png', reason: 'too-small', detail: '4 × 4 pixels; at least 8 on each side' },
  ]);
});

test('the error of a folder with fewer than two images says how many of its files are images', async () => {
  const folder = createTestFolder();
  folder.add('a.txt', 'text');
  folder.add('b.png', '');
  await expect(openTestFolder(folder)).rejects.toMatchObject({
    code: 'no-images',
    message:
      'None of the 2 files can be used: 1 is not a picture, namely a.txt (not a PNG, JPEG, WebP, AVIF, HEIC, GIF, TIFF or BMP file); 1 is damaged, namely b.png (The file is empty).',
  });
  folder.add('c.png', greyPng());
  await expect(openTestFolder(folder)).rejects.toMatchObject({
    code: 'too-few-images',
    message: expect.stringContaining(
      'Only one picture can be used; training needs at least 2. Of the others: ',
    ),
  });
});

test('a folder opened again takes its pixels from the cache', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const first = await openCounting(folder);
  const second = await openCounting(folder);
  expect([first.decoded, second.decoded]).toEqual([40, 0]);
  expect(first.reports.at(-1)).toEqual({ stage: 'decoding', done: 40, total: 40 });
  expect(second.dataset.summary).toEqual(first.dataset.summary);
  const all = Array.from({ length: 37 }, (_, index) => index);
  expect(second.dataset.bytes(all)).toEqual(first.dataset.bytes(all));
});

test.each(['never', 'half'] as const)(
  'a dataset larger than memory trains from its cache file like one in memory, mirrored %s, and decodes nothing',
  async (mirror) => {
    const folder = createTestFolder();
    addImages(folder);
    const options = { mirror: mirror === 'half' };
    const held = await openTestFolder(folder, { options });
    const streamed = await openTestFolder(folder, { options, mostBytesInMemory: 1000 });
    rmSync(folder.images, { recursive: true });
    for (const batch of [8, 50]) {
      const streams = [held, streamed].map((dataset) => dataset.stream({ batch, seed: 4, from: 0 }));
      for (let step = 0; step < 15; step++) {
        const expected = Buffer.from(held.batch({ step, batch, seed: 4 }).buffer);
        const taken = await Promise.all(streams.map(async (stream) => (await stream.take(step)).images));
        for (const { buffer } of [streamed.batch({ step, batch, seed: 4 }), ...taken])
          expect(expected.equals(Buffer.from(buffer))).toBe(true);
      }
    }
    expect(streamed.bytes([36, 0, 36])).toEqual(held.bytes([36, 0, 36]));
    // Reading fails once the file is cut, so the pixels were not held in memory.
    truncateSync(join(entryFolder(folder), 'pixels.bin'), 0);
    expect(() => streamed.bytes([0])).toThrow(expect.objectContaining({ code: 'pixels-unreadable' }));
  },
);

test('a data set larger than memory is read from the file that was just written', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const streamed = await openTestFolder(folder, { mostBytesInMemory: 0 });
  const held = await openTestFolder(folder);
  const { images } = await streamed.stream({ batch: 8, seed: 1, from: 3 }).take(3);
  expect(images).toEqual(held.batch({ step: 3, batch: 8, seed: 1 }));
});

test('mirroring uses the same pixels, other options have their own', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const plain = await openTestFolder(folder);
  const mirrored = await openTestFolder(folder, { options: { mirror: true } });
  const grey = await openTestFolder(folder, { options: { colour: 'grey' } });
  expect(mirrored.summary.id).toBe(plain.summary.id);
  expect(mirrored.summary.options.mirror).toBe(true);
  expect(grey.summary.id).not.toBe(plain.summary.id);
  expect([plain.channels, grey.channels]).toEqual([3, 1]);
});

test.each([
  ['cut short', (entry: string) => truncateSync(join(entry, 'pixels.bin'), 1000)],
  [
    'changed within',
    (entry: string) =>
      writeFileSync(join(entry, 'pixels.bin'), Buffer.alloc(statSync(join(entry, 'pixels.bin')).size)),
  ],
  ['without its summary', (entry: string) => rmSync(join(entry, 'summary.json'))],
  ['with half a summary', (entry: string) => truncateSync(join(entry, 'summary.json'), 50)],
])('a cache that is %s is made anew', async (_, damage) => {
  const folder = createTestFolder();
  addImages(folder);
  const before = (await openTestFolder(folder)).bytes([0, 36]);
  damage(entryFolder(folder));
  const { dataset, decoded } = await openCounting(folder);
  expect(decoded).toBe(40);
  expect(dataset.bytes([0, 36])).toEqual(before);
  expect((await openCounting(folder)).decoded).toBe(0);
});

test('a changed, added or removed file is noticed', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const { id } = (await openTestFolder(folder)).summary;
  folder.add('good 0.png', greyPng({ shade: 200 }));
  utimesSync(join(folder.images, 'good 0.png'), 1, 1);
  const changed = await openTestFolder(folder);
  expect(changed.bytes([0])[0]).toBe(200);
  rmSync(join(folder.images, 'good 1.png'));
  const removed = await openTestFolder(folder);
  expect(removed.count).toBe(36);
  expect(new Set([id, changed.summary.id, removed.summary.id]).size).toBe(3);
});

test('cancelling midway rejects soon and leaves nothing behind', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const controller = new AbortController();
  const onProgress = ({ stage, done }: DatasetProgress) => {
    if (stage === 'decoding' && done === 10) controller.abort();
  };
  const opening = openTestFolder(folder, { signal: controller.signal, onProgress });
  await expect(opening).rejects.toMatchObject({ name: 'StudioError', code: 'cancelled' });
});

test('a cache folder that cannot be written is reported', async () => {
  const folder = createTestFolder();
  addImages(folder);
  writeFileSync(folder.folders.cache, 'a file in its place');
  await expect(openTestFolder(folder)).rejects.toMatchObject({
    code: 'cache-unwritable',
    remedy: expect.stringContaining('permission'),
  });
});

test('two openings of one folder at the same time both succeed', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const [one, other] = await Promise.all([openTestFolder(folder), openTestFolder(folder)]);
  expect(one.bytes([5])).toEqual(other.bytes([5]));
  expect(readdirSync(join(folder.folders.cache, 'datasets'))).toEqual([one.summary.id]);
});

test('eviction removes what was used least recently and never what is in use', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const ids: string[] = [];
  for (const background of ['#000000', '#111111', '#222222']) {
    ids.push((await openTestFolder(folder, { options: { background } })).summary.id);
  }
  const place = join(folder.folders.cache, 'datasets');
  ids.forEach((id, age) => utimesSync(join(place, id), 1000 + age, 1000 + age));
  const entryBytes = readdirSync(join(place, ids[0]!)).reduce(
    (sum, name) => sum + statSync(join(place, ids[0]!, name)).size,
    0,
  );
  await evictCacheEntries({ folder: place, keep: ids[0]!, mostBytes: 2 * entryBytes });
  expect(readdirSync(place).sort()).toEqual([ids[0]!, ids[2]!].sort());
  await evictCacheEntries({ folder: place, keep: ids[0]!, mostBytes: 0 });
  expect(readdirSync(place)).toEqual([ids[0]!]);
});

test('thumbnails are the images as the network sees them, and stop at the last', async () => {
  const folder = createTestFolder();
  addImages(folder);
  const dataset = await openTestFolder(folder, { options: { colour: 'grey' } });
  const { images, pictures } = dataset.preview(35, 10);
  expect(images).toMatchObject({ count: 2, size: 28, channels: 1 });
  expect(images.pixels).toEqual(dataset.bytes([35, 36]));
  expect(pictures.map(({ name }) => name)).toHaveLength(2);
  expect(dataset.preview(37, 10)).toMatchObject({ images: { count: 0 }, pictures: [] });
});
