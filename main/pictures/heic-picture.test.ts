import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS } from '../contract/index.ts';
import { identifyFormat } from './kinds.ts';
import { decodePicture, type PreparedPicture } from './prepare-picture.ts';
import { Unusable } from './unusable.ts';

/** What pillow-heif makes of these is compared in against-pillow.test.ts. */
const PICTURES = fileURLToPath(new URL('../reference/pictures', import.meta.url));
const SIZE = 28;

const read = (name: string) => readFileSync(join(PICTURES, name));

function decode(
  bytes: Buffer,
  ask: (pixels: number) => Promise<void> = async () => undefined,
): Promise<PreparedPicture> {
  const options = { ...DEFAULT_DATASET_OPTIONS, size: SIZE } as const;
  return decodePicture({ format: 'HEIC', bytes, options, ask });
}

/** The offset of the picture's size in the file. */
function withSize(bytes: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = changed.indexOf('ispe'); at >= 0; at = changed.indexOf('ispe', at + 4)) {
    changed.writeUInt32BE(width, at + 8);
    changed.writeUInt32BE(height, at + 12);
  }
  return changed;
}

test('the size is known before any pixel is decoded', async () => {
  const bytes = read('heic-brand-of-heif.heic');
  const asked: number[] = [];
  await decode(bytes, async (pixels) => void asked.push(pixels));
  expect(asked).toEqual([64 * 64]);
  for (const [width, height, reason] of [
    [12_000, 12_000, 'too-large'],
    [60_000, 60_000, 'too-large'],
    [4, 64, 'too-small'],
  ] as const)
    await expect(decode(withSize(bytes, width, height))).rejects.toMatchObject({ reason });
});

test('a header that lies about the size is damaged', async () => {
  const { reason } = await failureOf(withSize(read('heic-brand-of-heif.heic'), 9000, 9000));
  expect(reason).toBe('damaged');
});

async function failureOf(bytes: Buffer): Promise<Unusable> {
  const failure: unknown = await decode(bytes).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Unusable);
  return failure as Unusable;
}

describe('a file that is cut short is damaged, wherever it ends', () => {
  test.each(['heic-4-2-0.heic', 'heic-alpha.heic', 'heic-tiles.heic', 'heic-orientation-6.heic'])(
    '%s',
    async (name) => {
      const whole = read(name);
      for (let part = 1; part < 64; part++) {
        const cut = whole.subarray(0, Math.max(32, Math.floor((whole.length * part) / 64)));
        const { reason, message } = await failureOf(cut);
        expect(reason, `${part}/64`).toBe('damaged');
        expect(message).toMatch(/^The .*[.]$/);
      }
    },
  );
});

/** Random numbers in [0, 1), the same each time. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a file with one bad byte is used or left out with a reason', () => {
  test.each(['heic-alpha.heic', 'heic-tiles.heic', 'heic-10-bits.heic', 'heic-p3.heic'])(
    '%s',
    async (name) => {
      const whole = read(name);
      const next = drawn(11);
      for (let round = 0; round < 150; round++) {
        const changed = Buffer.from(whole);
        changed[Math.floor(next() * changed.length)]! ^= 1 << Math.floor(next() * 8);
        const format = identifyFormat(changed);
        if (format !== 'HEIC') continue;
        try {
          expect((await decode(changed)).pixels).toHaveLength(SIZE * SIZE * 3);
        } catch (error) {
          expect(error).toMatchObject({
            reason: expect.stringMatching(/^(damaged|unsupported|too-small|too-large)$/) as string,
            message: expect.stringMatching(/.{10}/) as string,
          });
        }
      }
    },
  );
});

test('hundreds of pictures, good and bad, take no more memory than the first few', async () => {
  const [good, deep] = [read('heic-tiles-turned-p3.heic'), read('heic-10-bits-alpha.heic')];
  const bad = good.subarray(0, good.length - 100);
  const round = async (): Promise<void> => {
    await decode(good);
    await decode(deep);
    await failureOf(bad);
  };
  for (let warm = 0; warm < 20; warm++) await round();
  const before = process.memoryUsage.rss();
  for (let count = 0; count < 100; count++) await round();
  expect((process.memoryUsage.rss() - before) / 1e6).toBeLessThan(40);
}, 60_000);

describe('the format follows from the brands of a file', () => {
  const start = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(64)]);
  test.each([
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'HEIC'],
    ['\0\0\0\x18ftypheix\0\0\0\0mif1heix', 'HEIC'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'HEIC'],
    ['\0\0\0\x18ftypmsf1\0\0\0\0hevcmsf1', 'HEIC'],
    ['\0\0\0\x14ftypmif1\0\0\0\0mif1\0\0\0\0infe hvc1', 'HEIC'],
    ['\0\0\0\x14ftypmif1\0\0\0\0mif1\0\0\0\0infe av01', 'AVIF'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1avif', 'AVIF'],
    ['\0\0\0\x18ftypavis\0\0\0\0msf1mif1', 'AVIF'],
    ['\0\0\0\x18ftypmp42\0\0\0\0isommp42', undefined],
    ['\0\0\0\x18ftypcrx \0\0\0\x01crx isom', undefined],
  ])('%j: %s', (text, format) => {
    expect(identifyFormat(start(text))).toBe(format);
  });
});
