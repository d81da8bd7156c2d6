import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createBatches } from './batches.ts';
import { bytesOf } from './levels.ts';
import { pixelsInFile } from './pixels-in-file.ts';
import { pixelsInMemory } from './pixels.ts';

/** The whole numbers from 0 to count - 1, as indices. */
const firstOf = (count: number) => Uint32Array.from({ length: count }, (_, index) => index);

const SIZE = 4;

/** Grey images; image i holds the values i, i + 1, ... */
function images(count: number): Uint8Array {
  return Uint8Array.from(
    { length: count * SIZE * SIZE },
    (_, at) => Math.floor(at / (SIZE * SIZE)) + (at % (SIZE * SIZE)),
  );
}

function batchesOf(count: number, mirror: 'never' | 'half' = 'never') {
  return createBatches({
    pixels: pixelsInMemory(images(count), SIZE * SIZE),
    images: firstOf(count),
    size: SIZE,
    channels: 1,
    mirror,
  }).batch;
}

/** Which images a batch holds, by their smallest value. */
function imagesIn(batch: Float32Array): number[] {
  return Array.from({ length: batch.length / (SIZE * SIZE) }, (_, index) =>
    Math.round((Math.min(...batch.subarray(index * SIZE * SIZE, (index + 1) * SIZE * SIZE)) + 1) * 127.5),
  );
}

test('bytes become numbers from -1 to 1, every one of them the nearest float', () => {
  const pixels = pixelsInMemory(
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
    256,
  );
  const { batch } = createBatches({ pixels, images: firstOf(1), size: 16, channels: 1, mirror: 'never' });
  const levels = batch({ step: 0, batch: 1, seed: 1 });
  expect(levels).toEqual(Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1));
  expect([0, 255, 51, 204].map((byte) => levels[byte])).toEqual([-1, 1, -0.6, 0.6].map(Math.fround));
});

test('numbers become the nearest bytes, those outside [-1, 1] become 0 or 255', () => {
  expect(bytesOf([-7, -1, -0.6, 0, 0.6, 0.602, 1, 7])).toEqual(
    Uint8Array.of(0, 0, 51, 128, 204, 204, 255, 255),
  );
  const levels = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);
  expect(bytesOf(levels)).toEqual(Uint8Array.from({ length: 256 }, (_, byte) => byte));
});

test('a batch depends on seed and step alone', () => {
  const inOrder = batchesOf(10);
  const first = [0, 1, 2, 3, 4].map((step) => inOrder({ step, batch: 4, seed: 7 }));
  const fresh = batchesOf(10);
  expect([4, 2, 0].map((step) => fresh({ step, batch: 4, seed: 7 }))).toEqual([first[4], first[2], first[0]]);
  expect(fresh({ step: 0, batch: 4, seed: 8 })).not.toEqual(first[0]);
});

test('each epoch holds every image once, in another order, although batches span its end', () => {
  const batches = batchesOf(10);
  const drawn = Array.from({ length: 10 }, (_, step) =>
    imagesIn(batches({ step, batch: 3, seed: 3 })),
  ).flat();
  const epochs = [drawn.slice(0, 10), drawn.slice(10, 20), drawn.slice(20, 30)];
  for (const epoch of epochs)
    expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(epochs[0]).not.toEqual(epochs[1]);
});

test('a batch larger than the data set spans several epochs', () => {
  const drawn = imagesIn(batchesOf(3)({ step: 0, batch: 8, seed: 1 }));
  expect(new Set(drawn.slice(0, 3))).toEqual(new Set([0, 1, 2]));
  expect(new Set(drawn.slice(3, 6))).toEqual(new Set([0, 1, 2]));
});

test('about half of the images are mirrored, and their order is kept', () => {
  const plain = batchesOf(10);
  const mirrored = batchesOf(10, 'half');
  let turned = 0;
  for (let step = 0; step < 20; step++) {
    const straight = plain({ step, batch: 50, seed: 5 });
    const shown = mirrored({ step, batch: 50, seed: 5 });
    expect(imagesIn(shown)).toEqual(imagesIn(straight));
    for (let at = 0; at < straight.length; at += SIZE * SIZE) {
      const row = [...straight.subarray(at, at + SIZE)];
      const other = [...shown.subarray(at, at + SIZE)];
      if (other[0] === row[0]) expect(other).toEqual(row);
      else {
        expect(other).toEqual(row.reverse());
        turned++;
      }
    }
  }
  expect(turned).toBeGreaterThan(420);
  expect(turned).toBeLessThan(580);
});

test.each([
  [1, 4],
  [3, 4],
  [1, 28],
  [3, 28],
] as const)(
  'mirroring turns the pixels of each row and keeps their %i channels together, %i a side',
  (channels, size) => {
    const bytes = Uint8Array.from({ length: size * size * channels }, (_, at) => (at * 7) % 251);
    const turned = bytes.map((_, at) => {
      const [row, x, channel] = [
        Math.floor(at / (size * channels)),
        Math.floor(at / channels) % size,
        at % channels,
      ];
      return bytes[(row * size + size - 1 - x) * channels + channel]!;
    });
    const { batch } = createBatches({
      pixels: pixelsInMemory(bytes, bytes.length),
      images: firstOf(1),
      size,
      channels,
      mirror: 'half',
    });
    const shown = Array.from({ length: 20 }, (_, step) =>
      [...batch({ step, batch: 1, seed: 1 })].map((value) => Math.round((value + 1) * 127.5)).join(),
    );
    expect(new Set(shown)).toEqual(new Set([bytes.join(), turned.join()]));
  },
);

test('pixels that begin at an odd byte of their buffer are read right', () => {
  const shifted = new Uint8Array(1 + 10 * SIZE * SIZE).subarray(1);
  shifted.set(images(10));
  const { batch } = createBatches({
    pixels: pixelsInMemory(shifted, SIZE * SIZE),
    images: firstOf(10),
    size: SIZE,
    channels: 1,
    mirror: 'never',
  });
  expect(batch({ step: 1, batch: 6, seed: 1 })).toEqual(batchesOf(10)({ step: 1, batch: 6, seed: 1 }));
});

test('pixels read from the file equal those in memory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gan-studio-pixels-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'pixels.bin');
  writeFileSync(file, images(10));
  const pixels = pixelsInFile({ file, imageBytes: SIZE * SIZE });
  const streamed = createBatches({
    pixels,
    images: firstOf(10),
    size: SIZE,
    channels: 1,
    mirror: 'never',
  }).batch({
    step: 2,
    batch: 6,
    seed: 1,
  });
  expect(streamed).toEqual(batchesOf(10)({ step: 2, batch: 6, seed: 1 }));
  pixels.close();
  pixels.close();
});
