import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import { preparePicture } from './prepare-picture.ts';
import { TEST_IMAGES } from './test-pictures.ts';
import { viewPicture } from './view-picture.ts';

/** What Pillow makes of these is compared in against-pillow.test.ts. */
const PICTURES = fileURLToPath(new URL('../reference/pictures', import.meta.url));
const ask = async () => undefined;
const background = '#304050';

const view = (name: string, most: number) =>
  viewPicture({ path: join(PICTURES, name), most, background, ask });

/** The square that a network would see, without the background around the picture. */
async function prepared(name: string, { width, height }: { width: number; height: number }) {
  const options: DatasetOptions = { ...DEFAULT_DATASET_OPTIONS, size: 28, framing: 'fit', background };
  const { pixels } = await preparePicture({ path: join(PICTURES, name), options, ask });
  const [left, top] = [Math.floor((28 - width) / 2), Math.floor((28 - height) / 2)];
  return Buffer.concat(
    Array.from({ length: height }, (_, y) => {
      const from = ((top + y) * 28 + left) * 3;
      return pixels.subarray(from, from + width * 3);
    }),
  );
}

describe('a view has the pixels that a network would see, in the shape of the picture', () => {
  test.each([
    'png-rgb-8.png',
    'png-rgba-16.png',
    'png-grey-alpha-8.png',
    'png-p3.png',
    'png-orientation-6.png',
    'jpeg-600-x-400.jpg',
    'jpeg-grey.jpg',
    'jpeg-cmyk-profile.jpg',
    'jpeg-orientation-5.jpg',
    'webp-lossy-alpha.webp',
    'webp-animated.webp',
    'webp-orientation-6.webp',
    'gif-transparent.gif',
    'gif-first-frame-empty.gif',
    'bmp-24.bmp',
    'avif-p3-alpha.avif',
    'avif-orientation-6.avif',
    'heic-p3-alpha.heic',
    'heic-10-bits.heic',
    'heic-grey.heic',
    'heic-orientation-6.heic',
    'heic-tiles-turned-p3.heic',
    'tiff-rgb-16-p3.tif',
    'tiff-cmyk-alpha.tif',
    'tiff-orientation-8.tif',
  ])('%s', async (name) => {
    const { width, height, channels, pixels, original } = await view(name, 28);
    expect(Math.max(width, height)).toBe(28);
    expect(Math.abs(width / height - original.width / original.height)).toBeLessThan(0.1);
    expect(channels).toBe(3);
    expect(Buffer.from(pixels)).toEqual(await prepared(name, { width, height }));
    const whole = await view(name, 2048);
    expect(whole).toMatchObject(original);
    expect(whole.pixels).toHaveLength(original.width * original.height * 3);
  });
});

test('a view one pixel wide has the height asked for', async () => {
  const { width, height } = await view('jpeg-600-x-400.jpg', 1);
  expect({ width, height }).toEqual({ width: 1, height: 1 });
});

test('in its own size, a picture has the pixels in its file', async () => {
  const { pixels } = await viewPicture({ path: join(TEST_IMAGES, 'rgb.png'), most: 48, background, ask });
  expect([...pixels.subarray(0, 3)]).toEqual([220, 30, 30]);
  expect([...pixels.subarray(pixels.length - 3)]).toEqual([240, 220, 40]);
});

test('a file that a data set leaves out is not shown either, for the same reason', async () => {
  await expect(view('refused-tiff-zstd.tif', 100)).rejects.toMatchObject({ reason: 'unsupported' });
  await expect(view('gone.png', 100)).rejects.toMatchObject({ reason: 'unreadable' });
});
