/** Prepares a picture's file: decodes it into the square of bytes that a network trains on. */
import { createHash } from 'node:crypto';
import type { DatasetOptions, Note } from '../contract/index.ts';
import { frame, rangeOf, type Size } from './canvas.ts';
import { decode } from './decode.ts';
import type { Format } from './kinds.ts';
import { readPictureFile, type PictureFile } from './read-picture-file.ts';

/**
 * `pixels`: [size, size, channels] bytes; `original`: the upright size in the file; `sha256` of the file, in
 * hexadecimal.
 */
export type PreparedPicture = {
  pixels: Uint8Array;
  format: Format;
  original: Size;
  notes: Note[];
  sha256: string;
};

/** A smaller range of values looks like a single grey, usually black. */
const SMALL_RANGE = 64;

/**
 * Decodes the picture, converts it to sRGB, turns it upright (EXIF), flattens it onto the background, frames
 * and scales it (Lanczos). `ask` waits until a number of pixels may be decoded. Throws Unusable with the
 * decoder's message.
 */
export async function preparePicture({
  path,
  part,
  options,
  ask,
}: PictureFile & {
  options: DatasetOptions;
  ask: (pixels: number) => Promise<void>;
}): Promise<PreparedPicture> {
  return decodePicture({ ...readPictureFile({ path, part }), options, ask });
}

/** The same for a file in memory. */
export async function decodePicture({
  format,
  bytes,
  options,
  ask,
}: {
  format: Format;
  bytes: Buffer;
  options: DatasetOptions;
  ask: (pixels: number) => Promise<void>;
}): Promise<PreparedPicture> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { canvas, original, bits, notes } = await decode({ format, bytes, options, ask });
  const range = rangeOf(canvas);
  if (range[1] - range[0] < SMALL_RANGE)
    notes.push({ kind: 'small-range', detail: describeRange(range, bits) });
  return { pixels: frame(canvas, options), format, original, notes, sha256 };
}

function describeRange([least, most]: readonly [number, number], bits: number): string {
  if (least === most) return `One colour value all over (${least} of 255).`;
  if (bits === 16 && most < SMALL_RANGE) {
    const used = Math.max(1, Math.round(Math.log2(most * 257 + 1)));
    return `It uses ${used} of its 16 bits, so it is nearly black: its values end at ${most} of 255. Stretch its levels in an image editor to use all of them.`;
  }
  return `Its values lie between ${least} and ${most} of 255: it will look like one even grey.`;
}
