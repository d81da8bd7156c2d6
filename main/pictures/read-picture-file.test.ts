import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS } from '../contract/index.ts';
import type { FilePart } from '../decoding/index.ts';
import { readPictureFile } from './read-picture-file.ts';
import { testDecoders } from './test-decoders.ts';
import { TEST_IMAGES } from './test-pictures.ts';

const PICTURE = readFileSync(join(TEST_IMAGES, 'rgb.jpg'));
const options = { ...DEFAULT_DATASET_OPTIONS, size: 28 } as const;
const damaged = { reason: 'damaged', message: 'This entry of the archive is damaged.' };

/** A file that holds `data` between other bytes, as an archive does. */
function archive(
  picture: Buffer,
  { method, spoil = (data) => data }: { method: FilePart['method']; spoil?: (data: Buffer) => Buffer },
): { path: string; part: FilePart } {
  const place = mkdtempSync(join(tmpdir(), 'gan-studio-archive-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const path = join(place, 'pictures.zip');
  const data = spoil(method === 'stored' ? picture : deflateRawSync(picture));
  const before = Buffer.alloc(1000, 0xff);
  writeFileSync(path, Buffer.concat([before, data, before]));
  const part = { offset: before.length, stored: data.length, size: picture.length, method };
  return { path, part: { ...part, crc32: crc32(picture) } };
}

test.each(['stored', 'deflated'] as const)('an entry of an archive is read: %s', async (method) => {
  const { path, part } = archive(PICTURE, { method });
  const read = readPictureFile({ path, part });
  expect(read.format).toBe('JPEG');
  expect(Buffer.compare(read.bytes, PICTURE)).toBe(0);
  const place = { path: Buffer.from(path), part };
  const alone = { path: Buffer.from(join(TEST_IMAGES, 'rgb.jpg')) };
  const prepared = await testDecoders.prepare({ ...place, options });
  expect(prepared).toEqual(await testDecoders.prepare({ ...alone, options }));
  expect(prepared).toMatchObject({ sha256: createHash('sha256').update(PICTURE).digest('hex') });
  expect(await testDecoders.view({ ...place, most: 20 })).toEqual(
    await testDecoders.view({ ...alone, most: 20 }),
  );
  expect(await testDecoders.pixels(place)).toMatchObject({ reason: 'unsupported' });
});

test.each(['stored', 'deflated'] as const)('an entry that is not a picture is refused: %s', (method) => {
  expect(() => readPictureFile(archive(Buffer.alloc(100_000, 'words '), { method }))).toThrow(
    'not a PNG, JPEG',
  );
  expect(() => readPictureFile(archive(Buffer.alloc(0), { method }))).toThrow('The file is empty.');
});

test('an entry with one changed byte is damaged, even if only its checksum shows it', () => {
  const { path, part } = archive(PICTURE, {
    method: 'stored',
    spoil: (data) => Buffer.from(data).fill(data[500] === 7 ? 8 : 7, 500, 501),
  });
  expect(() => readPictureFile({ path, part })).toThrow(expect.objectContaining(damaged));
});

test('an entry whose bytes are wrong, cut short or past the end of the file is damaged', () => {
  const spoilt = archive(PICTURE, { method: 'deflated', spoil: (data) => data.fill(0xff, 100, 300) });
  expect(() => readPictureFile(spoilt)).toThrow(expect.objectContaining(damaged));
  const { path, part } = archive(PICTURE, { method: 'deflated' });
  for (const wrong of [
    { ...part, stored: part.stored - 20 },
    { ...part, stored: part.stored + 2000 },
    { ...part, offset: part.offset + 100_000 },
    { ...part, offset: Number.MAX_SAFE_INTEGER },
  ])
    expect(() => readPictureFile({ path, part: wrong }), JSON.stringify(wrong)).toThrow(
      expect.objectContaining(damaged),
    );
});

test.each(['stored', 'deflated'] as const)(
  'an entry that is not of the size it claims is damaged: %s',
  (method) => {
    const { path, part } = archive(PICTURE, { method });
    for (const size of [part.size - 1, part.size + 1, 10 * part.size])
      expect(() => readPictureFile({ path, part: { ...part, size } }), String(size)).toThrow(
        expect.objectContaining(damaged),
      );
  },
);

test('an entry larger than a picture may be is refused by its declared size', () => {
  const { path, part } = archive(PICTURE, { method: 'deflated' });
  expect(() => readPictureFile({ path, part: { ...part, size: 300_000_000 } })).toThrow(
    '300 MB; at most 200 MB',
  );
});

test('a decompression bomb takes no more memory than its declared size', () => {
  const bomb = Buffer.concat([PICTURE, Buffer.alloc(150_000_000)]);
  const { path, part } = archive(bomb, { method: 'deflated' });
  expect(() => readPictureFile({ path, part: { ...part, size: 10_000 } })).toThrow(
    expect.objectContaining(damaged),
  );
});
