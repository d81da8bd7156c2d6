// @ts-check
/** The small PNG writer, read back by a real image library. */
import { Transformer } from '@napi-rs/image';
import { expect, test } from 'vitest';
import { greyPng } from './grey-png.mjs';

test('every pixel comes back as it was written', async () => {
  const pixels = Uint8Array.from({ length: 28 * 28 }, (_, index) => (index * 7) % 256);
  const image = new Transformer(greyPng(pixels, 28));
  expect(await image.metadata()).toMatchObject({ width: 28, height: 28 });
  expect(new Uint8Array(await image.rawPixels())).toEqual(pixels);
});
