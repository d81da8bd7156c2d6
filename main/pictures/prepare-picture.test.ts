import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GifWriter } from 'omggif';
import { describe, expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import { greyPng, hugePng, TEST_IMAGES } from './test-pictures.ts';
import { identifyFormat } from './kinds.ts';
import { decodePicture, type PreparedPicture } from './prepare-picture.ts';
import { Unusable } from './unusable.ts';

type Colour = [number, number, number];
const RED: Colour = [220, 30, 30];
const GREEN: Colour = [30, 180, 60];
const BLUE: Colour = [40, 60, 210];
const YELLOW: Colour = [240, 220, 40];
const BACKGROUND: Colour = [16, 32, 48];
const SIZE = 32;

function read(name: string): Buffer {
  return readFileSync(join(TEST_IMAGES, name));
}

async function decode(bytes: Buffer, options: Partial<DatasetOptions> = {}): Promise<Uint8Array> {
  return (await prepare(bytes, options)).pixels;
}

async function prepare(bytes: Buffer, options: Partial<DatasetOptions> = {}): Promise<PreparedPicture> {
  const format = identifyFormat(bytes);
  if (format === undefined) throw new Error('not an image');
  const all: DatasetOptions = { ...DEFAULT_DATASET_OPTIONS, size: SIZE, background: '#102030', ...options };
  return decodePicture({ bytes, format, options: all, ask: async () => undefined });
}

/** The colours in the middle of the four quarters of a square of SIZE pixels, in reading order. */
function quarters(pixels: Uint8Array): Colour[] {
  const points = [
    [8, 8],
    [24, 8],
    [8, 24],
    [24, 24],
  ] as const;
  return points.map(([x, y]) => colourAt(pixels, x, y));
}

function colourAt(pixels: Uint8Array, x: number, y: number): Colour {
  const at = (y * SIZE + x) * 3;
  return [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!];
}

function expectNear(found: Colour[], wanted: Colour[], within = 3): void {
  const furthest = Math.max(
    ...found.flatMap((colour, index) =>
      colour.map((value, channel) => Math.abs(value - wanted[index]![channel]!)),
    ),
  );
  expect(furthest, JSON.stringify(found)).toBeLessThanOrEqual(within);
}

function grey([red, green, blue]: Colour): Colour {
  const luma = Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
  return [luma, luma, luma];
}

/** The colour of 32/255 black ink over these. */
function darker(colour: Colour): Colour {
  return colour.map((value) => Math.round((value * 223) / 255)) as Colour;
}

const ALL = [RED, GREEN, BLUE, YELLOW];

describe('every format shows the same four colours', () => {
  test.each([
    'rgb.png',
    'palette.png',
    'rgb-16-bit.png',
    'rgb.jpg',
    'progressive.jpg',
    'rgb.webp',
    'lossy.webp',
    'animated.webp',
    'rgb.avif',
    'rgb.gif',
    'interlaced.gif',
    'animated.gif',
    'rgb.tif',
    'packed.tif',
    'cmyk.tif',
    'rgb.bmp',
    'palette.bmp',
  ])('%s', async (name) => {
    expectNear(quarters(await decode(read(name))), ALL);
  });

  test.each(['grey.png', 'grey-16-bit.png', 'grey.jpg', 'grey-16-bit.tif'])('%s in grey', async (name) => {
    expectNear(quarters(await decode(read(name))), ALL.map(grey));
  });

  test('one bit per pixel', async () => {
    expectNear(quarters(await decode(read('bits.png'))), [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
      [255, 255, 255],
    ]);
  });
});

describe('CMYK becomes RGB', () => {
  test.each(['cmyk-adobe.jpg', 'ycck-adobe.jpg', 'cmyk-unmarked.jpg'])('%s', async (name) => {
    expectNear(quarters(await decode(read(name))), ALL.map(darker));
  });
});

describe('pictures stand upright', () => {
  test.each([
    ...Array.from({ length: 8 }, (_, index) => `orientation-${index + 1}.jpg`),
    'orientation-6.png',
    'orientation-6.webp',
    'orientation-6.tif',
    'orientation-6.avif',
    'orientation-5.avif',
  ])('%s', async (name) => {
    expectNear(quarters(await decode(read(name))), ALL);
  });
});

describe('transparent pixels show the background', () => {
  const seeThrough = [BACKGROUND, GREEN, BACKGROUND, YELLOW];

  test.each([
    'transparent.png',
    'palette-transparent.png',
    'rgba-16-bit.png',
    'transparent.webp',
    'lossy-transparent.webp',
    'transparent.gif',
    'transparent.avif',
    'transparent.tif',
  ])('%s', async (name) => {
    expectNear(quarters(await decode(read(name))), seeThrough);
  });

  test.each(['grey-transparent.png', 'grey-transparent-16-bit.png'])('%s', async (name) => {
    expectNear(quarters(await decode(read(name))), [BACKGROUND, grey(GREEN), BACKGROUND, grey(YELLOW)]);
  });

  test('half transparent is half background', async () => {
    const mixed = ALL.map(
      (colour) => colour.map((value, channel) => (value * 128 + BACKGROUND[channel]! * 127) / 255) as Colour,
    );
    expectNear(quarters(await decode(read('half-transparent.png'))), mixed);
  });

  test('a first frame that covers part of a GIF leaves the rest transparent', async () => {
    expectNear(quarters(await decode(read('small-first-frame.gif'))), [BACKGROUND, GREEN, BACKGROUND, GREEN]);
  });

  test('the colour hidden under full transparency does not bleed into the edge', async () => {
    const pixels = await decode(read('transparent.png'), { background: '#000000', size: 28 });
    const row = Array.from({ length: 28 }, (_, x) => [
      ...pixels.subarray((4 * 28 + x) * 3, (4 * 28 + x) * 3 + 3),
    ]);
    for (const [red, , blue] of row) {
      expect(red).toBeLessThanOrEqual(GREEN[0] + 5); // the hidden colour is magenta
      expect(blue).toBeLessThanOrEqual(GREEN[2] + 10);
    }
  });
});

describe('framing', () => {
  test('fit keeps the whole picture and fills the rest with the background', async () => {
    const pixels = await decode(read('rgb.png'), { framing: 'fit' }); // 48 x 32 becomes 32 x 21
    expectNear([colourAt(pixels, 16, 2), colourAt(pixels, 16, 29)], [BACKGROUND, BACKGROUND], 0);
    expectNear([colourAt(pixels, 1, 8), colourAt(pixels, 30, 22)], [RED, YELLOW]);
  });

  test.each([
    [300, 30],
    [30, 300],
    [2000, 20],
  ])('crop takes the middle of %i x %i pixels', async (width, height) => {
    const middle = Math.max(width, height) / 2;
    const palette = [0xff0000, 0x0000ff];
    const paint = Array.from({ length: width * height }, (_, at) => {
      const along = width > height ? at % width : Math.floor(at / width);
      return Math.abs(along + 0.5 - middle) < Math.min(width, height) / 2 ? 1 : 0;
    });
    const buffer = Buffer.alloc(width * height * 2 + 1000);
    const writer = new GifWriter(buffer, width, height, { palette });
    writer.addFrame(0, 0, width, height, paint);
    const pixels = await decode(buffer.subarray(0, writer.end()));
    expectNear(
      [colourAt(pixels, 4, 4), colourAt(pixels, 28, 28)],
      [
        [0, 0, 255],
        [0, 0, 255],
      ],
    );
  });

  test('a fine pattern becomes an even grey, without bands', async () => {
    const side = 1000;
    const buffer = Buffer.alloc(side * side * 2);
    const writer = new GifWriter(buffer, side, side, { palette: [0, 0xffffff] });
    writer.addFrame(
      0,
      0,
      side,
      side,
      Array.from({ length: side * side }, (_, at) => (at + Math.floor(at / side)) % 2),
    );
    const pixels = await decode(buffer.subarray(0, writer.end()));
    expect(Math.max(...pixels) - Math.min(...pixels)).toBeLessThanOrEqual(6);
  });

  test('small pictures are enlarged', async () => {
    expectNear(
      quarters(await decode(greyPng({ width: 8, shade: 77 }))),
      ALL.map(() => [77, 77, 77]),
      0,
    );
  });
});

test('grey is the luma of Rec. 601, one byte per pixel', async () => {
  const pixels = await decode(read('rgb.png'), { colour: 'grey' });
  expect(pixels.length).toBe(SIZE * SIZE);
  expect(Math.abs(pixels[8 * SIZE + 8]! - grey(RED)[0])).toBeLessThanOrEqual(2);
});

describe('headers', () => {
  test.each([
    'rgb.png',
    'rgb.jpg',
    'progressive.jpg',
    'rgb.webp',
    'lossy.webp',
    'lossy-transparent.webp',
    'animated.webp',
    'rgb.avif',
    'rgb.gif',
    'rgb.tif',
    'rgb.bmp',
  ])('%s is 48 x 32', async (name) => {
    expect(await prepare(read(name))).toMatchObject({ original: { width: 48, height: 32 } });
  });

  test('a JPEG with a megabyte of EXIF before the picture is read', async () => {
    const jpeg = read('rgb.jpg');
    const filler = Buffer.alloc(2 + 65_000);
    filler.writeUInt16BE(0xffe1, 0);
    filler.writeUInt16BE(65_000, 2);
    const heavy = Buffer.concat([
      jpeg.subarray(0, 2),
      ...Array.from({ length: 16 }, () => filler),
      jpeg.subarray(2),
    ]);
    expectNear(quarters(await decode(heavy)), ALL);
  });

  test('30,000 x 30,000 pixels in about 100 kB are refused by the header alone', async () => {
    const bytes = hugePng(30_000);
    expect(bytes.length).toBeLessThan(200_000);
    await expect(decode(bytes)).rejects.toThrow('30000 × 30000 pixels; at most 100 megapixels');
  });

  test('pictures under 8 pixels on a side are refused', async () => {
    await expect(decode(greyPng({ width: 7, height: 20 }))).rejects.toThrow(
      '7 × 20 pixels; at least 8 on each side',
    );
  });
});

describe('a picture that is cut short is damaged', () => {
  test.each([
    'rgb.png',
    'rgb.jpg',
    'progressive.jpg',
    'cmyk-adobe.jpg',
    'rgb.webp',
    'lossy.webp',
    'rgb.avif',
    'rgb.gif',
    'animated.gif',
    'packed.tif',
    'rgb.bmp',
  ])('%s', async (name) => {
    const whole = read(name);
    for (const share of [0.2, 0.5, 0.9]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      await expect(decode(cut), `${share}`).rejects.toMatchObject({ reason: 'damaged' });
      await expect(decode(cut)).rejects.toBeInstanceOf(Unusable);
    }
  });

  test('the detail says so in plain words', async () => {
    const png = read('rgb.png');
    await expect(decode(png.subarray(0, 100))).rejects.toThrow(
      'The file is cut short or damaged (the decoder says: unexpected end of file).',
    );
    await expect(decode(read('rgb.jpg').subarray(0, 690))).rejects.toThrow(
      'The file is cut short or damaged (the decoder says: premature end of JPEG image).',
    );
  });
});
