import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions, type Note } from '../contract/index.ts';
import { identifyFormat } from './kinds.ts';
import { decodePicture, type PreparedPicture } from './prepare-picture.ts';

/** The files and what Pillow makes of them; main/reference/make_pictures.py writes both. */
const PICTURES = fileURLToPath(new URL('../reference/pictures', import.meta.url));
const OPTIONS: DatasetOptions = {
  ...DEFAULT_DATASET_OPTIONS,
  size: 28,
  framing: 'fit',
  background: '#304050',
  mirror: false,
};

/** Pixels are deflated, in base64; if there is `like`, they are differences from that file's, modulo 256. */
type Seen = { pixels?: string; like?: string };
const SEEN: Record<string, Seen> = JSON.parse(readFileSync(join(PICTURES, 'expected.json'), 'utf8'));

function seenByPillow(name: string): Uint8Array {
  const { pixels, like } = SEEN[name]!;
  const values = new Uint8Array(28 * 28 * 3);
  if (pixels !== undefined) values.set(inflateSync(Buffer.from(pixels, 'base64')));
  return like === undefined ? values : seenByPillow(like).map((value, index) => value + values[index]!);
}

function read(name: string): Buffer {
  return readFileSync(join(PICTURES, name));
}

async function decode(bytes: Buffer): Promise<PreparedPicture> {
  const format = identifyFormat(bytes);
  if (format === undefined) throw new Error('not an image');
  return decodePicture({ bytes, format, options: OPTIONS, ask: async () => undefined });
}

/** The mean difference, in levels of 255. */
function difference(found: Uint8Array, wanted: Uint8Array): number {
  expect(found).toHaveLength(wanted.length);
  return found.reduce((sum, value, index) => sum + Math.abs(value - wanted[index]!), 0) / wanted.length;
}

describe('a picture differs from what Pillow makes of it by less than a level, on average', () => {
  test.each(Object.keys(SEEN))('%s', async (name) => {
    expect(difference((await decode(read(name))).pixels, seenByPillow(name))).toBeLessThan(1);
  });
});

/** The words that name the kind of each file. */
const REFUSED: [string, string][] = [
  ['refused-tiff-zstd.tif', 'packed by Zstandard'],
  ['refused-tiff-lzma.tif', 'packed by LZMA'],
  ['refused-tiff-jpeg2000.tif', 'packed by JPEG 2000'],
  ['refused-tiff-lerc.tif', 'packed by LERC'],
  ['refused-tiff-jpegxl.tif', 'packed by JPEG XL'],
  ['refused-tiff-jpegxr.tif', 'packed by JPEG XR'],
  ['refused-tiff-png.tif', 'packed by PNG'],
  ['refused-tiff-grey-12.tif', '12 bits a sample'],
  ['refused-tiff-rgb-4.tif', '3 channels of 4 bits'],
  ['refused-tiff-grey-double.tif', '64 bits a sample'],
  ['refused-tiff-grey-signed.tif', 'short samples'],
  ['refused-tiff-grey-32.tif', 'uint samples'],
  ['refused-tiff-bright-float.tif', 'where light goes from 0 to 1'],
  ['refused-tiff-lab-8.tif', 'Lab colours with 8 bits'],
  ['refused-tiff-lab-alpha.tif', 'Lab colours with alpha'],
  ['refused-tiff-white-is-0-float.tif', 'fractions where white is 0'],
  ['refused-tiff-icc-lab.tif', 'Lab colours as ICC or ITU write them'],
  ['refused-tiff-luma-and-chroma.tif', 'luma and chroma, not packed by JPEG'],
  ['refused-tiff-other-inks.tif', 'inks other than CMYK'],
  ['refused-tiff-tiles-of-planes.tif', 'tiles of one channel each'],
  ['refused-tiff-grey-planes.tif', 'grey and other channels that lie apart'],
  ['refused-jpeg-12.jpg', 'precision 12'],
  ['refused-jpeg-lossless-16.jpg', 'precision 16'],
  ['refused-jpeg-ls.jpg', 'marker type 0xf7'],
  ['refused-bmp-of-jpeg.bmp', 'JPEG compression'],
  ['refused-bmp-runs-from-top.bmp', 'for top-down image'],
  ['refused-bmp-alpha-masks.bmp', 'compression type 6'],
  ['refused-heif-vvc.heic', 'packed by VVC'],
  ['refused-heif-h264.heic', 'packed by H.264'],
  ['refused-heif-jpeg.heic', 'packed by JPEG'],
];

describe('an unsupported kind is named, and not called damaged', () => {
  test.each(REFUSED)('%s: %s', async (name, words) => {
    const named = { reason: 'unsupported', message: expect.stringContaining(words) };
    await expect(decode(read(name))).rejects.toMatchObject(named);
  });
});

test('every file has pixels to compare with, or is of an unsupported kind', () => {
  const known = [...Object.keys(SEEN), ...REFUSED.map(([name]) => name), 'expected.json'];
  expect(readdirSync(PICTURES).sort()).toEqual(known.sort());
});

describe('unusual features of a picture are noted', () => {
  test.each<[string, Note['kind']]>([
    ['png-broken-profile.png', 'profile'],
    ['png-grey-profile-on-rgb.png', 'profile'],
    ['jpeg-broken-profile.jpg', 'profile'],
    ['jpeg-cmyk-broken-profile.jpg', 'profile'],
    ['tiff-broken-profile.tif', 'profile'],
    ['tiff-float-p3.tif', 'profile'],
    ['heic-broken-profile.heic', 'profile'],
    ['heic-several.heic', 'one-of-several'],
    ['png-grey-12-in-16.png', 'small-range'],
    ['gif-first-frame-empty.gif', 'one-of-several'],
    ['tiff-small-page-first.tif', 'one-of-several'],
  ])('%s: %s', async (name, kind) => {
    expect((await decode(read(name))).notes.map((note) => note.kind)).toEqual([kind]);
  });
});

/** The same file with its second half zeros, as an interrupted copy leaves it. */
function halfZeros(name: string): Buffer {
  const bytes = read(name);
  return bytes.fill(0, Math.floor(bytes.length / 2));
}

describe('a note says what was done, or what to do', () => {
  test.each([
    ['png-grey-12-in-16.png', /^It uses 12 of its 16 bits, so it is nearly black: .* Stretch its levels/],
    [
      'gif-first-frame-empty.gif',
      /^An animation of \d pictures; picture 2 is used, the first that is not empty\.$/,
    ],
    [
      'png-broken-profile.png',
      /^Its colour profile cannot be used \(.+\); the colours are taken as they are\.$/,
    ],
    [
      'png-grey-profile-on-rgb.png',
      /^Its colour profile is for grey pictures; the colours are taken as they are\.$/,
    ],
    ['tiff-small-page-first.tif', /^A file of 2 pages; page 2 is used, the largest\.$/],
    ['heic-several.heic', /^A file of 2 pictures; its main one is used\.$/],
  ])('%s', async (name, words) => {
    expect((await decode(read(name))).notes.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(words),
    ]);
  });
});

test('a profile that says sRGB changes no byte', async () => {
  expect((await decode(read('png-srgb.png'))).pixels).toEqual((await decode(read('png-rgb-8.png'))).pixels);
});

test('an animation with one bad byte, on which some decoders hang, is damaged', async () => {
  const bytes = readFileSync(fileURLToPath(new URL('../reference/one-byte-flipped.gif', import.meta.url)));
  await expect(decode(bytes)).rejects.toMatchObject({ reason: 'damaged' });
});

describe('half a JPEG is damaged, even with an end mark after it', () => {
  test.each([
    'jpeg-600-x-400.jpg',
    'jpeg-4-4-4.jpg',
    'jpeg-240-x-160-progressive.jpg',
    'jpeg-cmyk-adobe.jpg',
  ])('%s', async (name) => {
    const bytes = read(name);
    const half = Buffer.concat([bytes.subarray(0, Math.floor(bytes.length / 2)), Buffer.from([0xff, 0xd9])]);
    await expect(decode(half)).rejects.toMatchObject({ reason: 'damaged' });
  });
});

describe('a file whose second half is zeros is damaged', () => {
  test.each([
    'png-rgb-8.png',
    'png-interlaced.png',
    'png-palette-8.png',
    'jpeg-4-2-0.jpg',
    'jpeg-4-4-4.jpg',
    'jpeg-progressive.jpg',
    'jpeg-cmyk-adobe.jpg',
    'jpeg-600-x-400.jpg',
    'gif-plain.gif',
    'gif-interlaced.gif',
    'gif-animated.gif',
    'gif-own-palette.gif',
    'avif-4-2-0.avif',
    'avif-alpha.avif',
    'webp-lossy.webp',
    'webp-lossy-alpha.webp',
    'webp-animated.webp',
    'heic-4-2-0.heic',
    'heic-tiles.heic',
    'tiff-lzw.tif',
    'tiff-directory-first-lzw.tif',
    'tiff-directory-first-deflate.tif',
    'tiff-directory-first-packbits.tif',
    'tiff-directory-first-jpeg.tif',
  ])('%s', async (name) => {
    await expect(decode(halfZeros(name))).rejects.toMatchObject({ reason: 'damaged' });
  });

  test('a JPEG is damaged although a thumbnail before it has an end', async () => {
    const thumbnail = read('jpeg-4-2-0.jpg');
    const marker = Buffer.from([0xff, 0xe1, 0, 0]);
    marker.writeUInt16BE(2 + thumbnail.length, 2);
    const bytes = read('jpeg-600-x-400.jpg');
    const whole = Buffer.concat([bytes.subarray(0, 2), marker, thumbnail, bytes.subarray(2)]);
    expect((await decode(whole)).pixels).toEqual((await decode(bytes)).pixels);
    const cut = whole.fill(0, Math.floor(whole.length * 0.8));
    const named = { reason: 'damaged', message: expect.stringContaining('zeros') };
    await expect(decode(cut)).rejects.toMatchObject(named);
  });
});

describe('a file whose second half is zeros, which may be black, gets a note', () => {
  test.each([
    'bmp-24.bmp',
    'bmp-palette-8.bmp',
    'bmp-16-565.bmp',
    'tiff-directory-first-none.tif',
    'webp-lossless.webp',
  ])('%s', async (name) => {
    expect((await decode(read(name))).notes).toEqual([]);
    const { notes } = await decode(halfZeros(name));
    const detail: unknown = expect.stringMatching(/^The last \d+% of its data is zeros/);
    expect(notes).toContainEqual({ kind: 'perhaps-cut', detail });
  });
});

describe('a JPEG whose middle third was overwritten is damaged where libjpeg says so', () => {
  test.each([
    'jpeg-600-x-400.jpg',
    'jpeg-240-x-160-progressive.jpg',
    'jpeg-90-x-133-progressive.jpg',
    'jpeg-4-4-4.jpg',
  ])('%s, by zeros', async (name) => {
    const bytes = read(name);
    bytes.fill(0, Math.floor(bytes.length / 3), Math.floor((bytes.length * 2) / 3));
    await expect(decode(bytes)).rejects.toMatchObject({ reason: 'damaged' });
  });

  test.each([
    'jpeg-600-x-400.jpg',
    'jpeg-240-x-160-progressive.jpg',
    'jpeg-144-x-96.jpg',
    'jpeg-cmyk-adobe.jpg',
  ])('%s, by noise', async (name) => {
    const bytes = read(name);
    const third = Math.floor(bytes.length / 3);
    for (let at = third; at < 2 * third; at++) bytes[at] = (at * at * 31) >> 3;
    await expect(decode(bytes)).rejects.toMatchObject({ reason: 'damaged' });
  });
});

describe('harmless warnings of libjpeg are ignored', () => {
  test('a revision that it does not know', async () => {
    const bytes = read('jpeg-4-2-0.jpg');
    bytes[11] = 3;
    expect((await decode(bytes)).pixels).toEqual((await decode(read('jpeg-4-2-0.jpg'))).pixels);
  });

  test('a few bytes too many', async () => {
    const bytes = read('jpeg-progressive.jpg');
    const longer = Buffer.concat([bytes.subarray(0, -2), Buffer.from([1, 2, 3, 4, 5]), bytes.subarray(-2)]);
    expect((await decode(longer)).pixels).toEqual((await decode(bytes)).pixels);
  });
});
