import { mkdtempSync, read, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createBatches } from './batches.ts';
import { pixelsInFile, type ReadAt, type ReadRequest } from './pixels-in-file.ts';
import { pixelsInMemory } from './pixels.ts';

/** The whole numbers from 0 to count - 1, as indices. */
const firstOf = (count: number) => Uint32Array.from({ length: count }, (_, index) => index);

const SIZE = 4;
const IMAGE_BYTES = SIZE * SIZE * 3;
const SEED = 9;

function images(count: number): Uint8Array {
  return Uint8Array.from(
    { length: count * IMAGE_BYTES },
    (_, at) => (Math.imul(at, 2654435761) >>> 13) & 255,
  );
}

type StreamOptions = { count?: number; mirror?: 'never' | 'half'; readAt?: ReadAt };

/** The same images in a file and in memory. */
function openBoth({ count = 10, mirror = 'half', readAt }: StreamOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gan-studio-stream-'));
  const file = join(folder, 'pixels.bin');
  writeFileSync(file, images(count));
  const inFile = pixelsInFile({ file, imageBytes: IMAGE_BYTES, ...(readAt && { readAt }) });
  const inMemory = pixelsInMemory(images(count), IMAGE_BYTES);
  onTestFinished(() => {
    inFile.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const make = (pixels: typeof inFile) =>
    createBatches({ pixels, images: firstOf(count), size: SIZE, channels: 3, mirror });
  return { file, inFile, fromFile: make(inFile), fromMemory: make(inMemory) };
}

/** Reads like the real one and records the requests; a read waits while `hold` is set. */
function watchedReader() {
  const asked: ReadRequest[] = [];
  const held: (() => void)[] = [];
  const watched = {
    asked,
    hold: false,
    letGo: () => held.splice(0).forEach((begin) => begin()),
    readAt: (({ descriptor, target, at, length, position }, done) => {
      asked.push({ descriptor, target, at, length, position });
      const begin = () => read(descriptor, target, at, length, position, done);
      if (watched.hold) held.push(begin);
      else begin();
    }) satisfies ReadAt,
  };
  return watched;
}

/** How often this process has the file open. */
function timesOpen(file: string): number {
  return readdirSync('/proc/self/fd').filter((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`) === file;
    } catch {
      return false;
    }
  }).length;
}

test.each([
  { count: 10, batch: 4, mirror: 'never' },
  { count: 10, batch: 4, mirror: 'half' },
  { count: 7, batch: 7, mirror: 'half' },
  { count: 3, batch: 8, mirror: 'half' },
  { count: 3, batch: 20, mirror: 'never' },
  { count: 2, batch: 2, mirror: 'half' },
] as const)(
  'a stream gives the batches of batch(), from a file or from memory: $count images, $batch a batch, mirrored $mirror',
  async ({ count, batch, mirror }) => {
    const { fromFile, fromMemory } = openBoth({ count, mirror });
    const streams = [
      fromFile.stream({ batch, seed: SEED, from: 0 }),
      fromMemory.stream({ batch, seed: SEED, from: 0 }),
    ];
    for (let step = 0; step * batch < 5 * count; step++) {
      const expected = fromMemory.batch({ step, batch, seed: SEED });
      expect(fromFile.batch({ step, batch, seed: SEED })).toEqual(expected);
      for (const stream of streams) expect((await stream.take(step)).images).toEqual(expected);
    }
  },
);

test('the reads of the next two batches begin before those are taken', async () => {
  const reader = watchedReader();
  const { fromFile } = openBoth({ count: 1000, readAt: reader.readAt });
  const stream = fromFile.stream({ batch: 4, seed: SEED, from: 5 });
  const bytesAsked = () => reader.asked.reduce((sum, { length }) => sum + length, 0) / IMAGE_BYTES;
  expect(bytesAsked()).toBe(8);
  await stream.take(5);
  expect(bytesAsked()).toBe(12);
  await stream.take(6);
  expect(bytesAsked()).toBe(16);
});

test('reads ahead end while JavaScript is blocked', async () => {
  const { file, fromFile, fromMemory } = openBoth({ count: 1000 });
  const stream = fromFile.stream({ batch: 16, seed: SEED, from: 0 });
  await stream.take(0);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200); // a step
  truncateSync(file, 0);
  expect((await stream.take(1)).images).toEqual(fromMemory.batch({ step: 1, batch: 16, seed: SEED }));
});

test('taking an earlier or a later step starts reading anew there', async () => {
  const { fromFile, fromMemory } = openBoth({ count: 50 });
  const stream = fromFile.stream({ batch: 8, seed: SEED, from: 0 });
  for (const step of [0, 1, 2, 3, 1, 2, 100, 101, 0, 0, 1]) {
    expect((await stream.take(step)).images).toEqual(fromMemory.batch({ step, batch: 8, seed: SEED }));
  }
});

test('concurrent takes each get their own batch', async () => {
  const { fromFile, fromMemory } = openBoth();
  const stream = fromFile.stream({ batch: 4, seed: SEED, from: 0 });
  const taken = await Promise.all([0, 1, 2, 7, 3].map((step) => stream.take(step)));
  expect(taken.map(({ images: numbers }) => numbers)).toEqual(
    [0, 1, 2, 7, 3].map((step) => fromMemory.batch({ step, batch: 4, seed: SEED })),
  );
});

test('the caller may keep a batch, although the buffers it came from are reused', async () => {
  const reader = watchedReader();
  const { fromFile, fromMemory } = openBoth({ count: 100, readAt: reader.readAt });
  const stream = fromFile.stream({ batch: 8, seed: SEED, from: 0 });
  const kept: Float32Array[] = [];
  for (let step = 0; step < 30; step++) kept.push((await stream.take(step)).images);
  kept.forEach((numbers, step) => expect(numbers).toEqual(fromMemory.batch({ step, batch: 8, seed: SEED })));
  expect(new Set(kept.map(({ buffer }) => buffer)).size).toBe(30);
  expect(new Set(reader.asked.map(({ target }) => target)).size).toBe(3);
});

test('neighbours in the file are read together, and an image requested twice is read once', async () => {
  const reader = watchedReader();
  const { inFile } = openBoth({ readAt: reader.readAt });
  const { bytes, slots } = await inFile.readAhead(Uint32Array.of(4, 9, 3, 4, 5));
  expect(reader.asked.map(({ position, length }) => [position / IMAGE_BYTES, length / IMAGE_BYTES])).toEqual([
    [3, 3],
    [9, 1],
  ]);
  expect([...slots].map((slot) => bytes[slot * IMAGE_BYTES])).toEqual(
    [4, 9, 3, 4, 5].map((index) => images(10)[index * IMAGE_BYTES]),
  );
});

test('a read that brings too few bytes is continued', async () => {
  const stingy: ReadAt = ({ descriptor, target, at, length, position }, done) =>
    read(descriptor, target, at, Math.min(length, 5), position, done);
  const { fromFile, fromMemory } = openBoth({ readAt: stingy });
  const stream = fromFile.stream({ batch: 6, seed: SEED, from: 0 });
  expect((await stream.take(0)).images).toEqual(fromMemory.batch({ step: 0, batch: 6, seed: SEED }));
});

test('a file that is cut fails the take that needs what is gone, and no other', async () => {
  const { file, fromFile, fromMemory } = openBoth({ count: 64 });
  const stream = fromFile.stream({ batch: 1, seed: SEED, from: 0 });
  const first = await stream.take(0);
  expect(first.images).toEqual(fromMemory.batch({ step: 0, batch: 1, seed: SEED }));
  await wait(20);
  truncateSync(file, 32 * IMAGE_BYTES);
  let failed = 0;
  for (let step = 1; step < 64; step++) {
    const taken = await stream.take(step).then(
      ({ images: numbers }) => numbers,
      (error: unknown) => error,
    );
    if (taken instanceof Float32Array)
      expect(taken).toEqual(fromMemory.batch({ step, batch: 1, seed: SEED }));
    else {
      failed++;
      expect(taken).toMatchObject({
        name: 'StudioError',
        code: 'pixels-unreadable',
        message: expect.stringContaining('it ends at byte'),
        remedy: expect.stringContaining('checkpoint'),
      });
    }
  }
  expect(failed).toBeGreaterThanOrEqual(29);
  expect(failed).toBeLessThanOrEqual(32);
});

test('a disk that is gone fails the take, which may be tried again', async () => {
  let isGone = false;
  const readAt: ReadAt = (request, done) => {
    if (isGone) setImmediate(() => done(Object.assign(new Error('gone'), { code: 'EIO' }), 0));
    else read(request.descriptor, request.target, request.at, request.length, request.position, done);
  };
  const { fromFile, fromMemory } = openBoth({ readAt });
  isGone = true;
  const stream = fromFile.stream({ batch: 4, seed: SEED, from: 0 });
  await wait(5); // it fails while it is read ahead, and nothing is thrown yet
  await expect(stream.take(0)).rejects.toMatchObject({
    code: 'pixels-unreadable',
    message: expect.stringContaining('the disk cannot be read or written there'),
  });
  isGone = false;
  expect((await stream.take(0)).images).toEqual(fromMemory.batch({ step: 0, batch: 4, seed: SEED }));
});

test('a stream that is closed during reads fulfils the pending take, and no others', async () => {
  const reader = watchedReader();
  reader.hold = true;
  const { fromFile, fromMemory } = openBoth({ readAt: reader.readAt });
  const stream = fromFile.stream({ batch: 4, seed: SEED, from: 0 });
  const waiting = stream.take(0);
  stream.close();
  await expect(stream.take(1)).rejects.toMatchObject({ code: 'dataset-not-open' });
  reader.letGo();
  expect((await waiting).images).toEqual(fromMemory.batch({ step: 0, batch: 4, seed: SEED }));
});

test.skipIf(process.platform !== 'linux')(
  'pixels closed during reads let go of the file when the last one has landed',
  async () => {
    const reader = watchedReader();
    const { file, inFile, fromFile } = openBoth({ count: 100, readAt: reader.readAt });
    const stream = fromFile.stream({ batch: 4, seed: SEED, from: 0 });
    await stream.take(0);
    expect(timesOpen(file)).toBe(1);
    reader.hold = true;
    const waiting = stream.take(10);
    inFile.close();
    expect(timesOpen(file)).toBe(1);
    reader.letGo();
    await waiting;
    await wait(20);
    expect(timesOpen(file)).toBe(0);
    for (const step of [13, 20])
      await expect(stream.take(step)).rejects.toMatchObject({ code: 'dataset-not-open' });
    stream.close();
    inFile.close();
  },
);

test('pixels cannot be read after they were closed', () => {
  const { inFile } = openBoth();
  const inMemory = pixelsInMemory(images(2), IMAGE_BYTES);
  for (const pixels of [inFile, inMemory]) {
    pixels.close();
    expect(() => pixels.read(Uint32Array.of(0))).toThrow(
      expect.objectContaining({ code: 'dataset-not-open' }),
    );
  }
});
