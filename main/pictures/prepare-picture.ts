/** Turns one picture's file into the square of bytes that a network trains on. */
import type { DatasetOptions, Note } from '../contract/index.ts';
import { frame, rangeOf, type Size } from './canvas.ts';
import { explain } from './explain.ts';
import type { Format } from './kinds.ts';
import { readPictureFile } from './read-picture-file.ts';
import { readHeader } from './read-header.ts';
import type { Decoded, PictureRequest } from './request.ts';
import { decodeByRust } from './rust-picture.ts';
import { decodeByVips } from './vips-picture.ts';

/** `pixels`: [size, size, channels] bytes; `original`: the upright size in the file. */
export type PreparedPicture = { pixels: Uint8Array; format: Format; original: Size; notes: Note[] };

/** A range of fewer levels looks like a single grey, black most of the time. */
const SMALL_RANGE = 64;

/**
 * Decodes, converts to sRGB, turns upright (EXIF), lays on the background, frames and scales (Lanczos). `ask`
 * waits until so many pixels may be decoded. Throws Unusable with the decoder's word.
 */
export async function preparePicture({
  path,
  options,
  ask,
}: {
  path: string | Buffer;
  options: DatasetOptions;
  ask: (pixels: number) => Promise<void>;
}): Promise<PreparedPicture> {
  return decodePicture({ ...readPictureFile(path), options, ask });
}

/** The same for a file that is in memory. */
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
  const notes: Note[] = [];
  try {
    const { canvas, original, bits } = await decode(format, {
      bytes,
      options,
      ask,
      onNote: (note) => notes.push(note),
    });
    const range = rangeOf(canvas);
    if (range[1] - range[0] < SMALL_RANGE)
      notes.push({ kind: 'small-range', detail: describeRange(range, bits) });
    return { pixels: frame(canvas, options), format, original, notes };
  } catch (error) {
    throw explain(error, format);
  }
}

/**
 * Animated WebP goes to libvips, which finds the first picture that is not empty; the other formats of a
 * decoder are its own.
 */
async function decode(format: Format, request: PictureRequest): Promise<Decoded> {
  if (format === 'JPEG' || format === 'GIF' || format === 'TIFF') return decodeByVips(format, request);
  const header = readHeader(format, request.bytes);
  if (format === 'WebP' && header.animated) return decodeByVips(format, request);
  return decodeByRust(format, { header, request });
}

function describeRange([least, most]: readonly [number, number], bits: number): string {
  if (least === most) return `One colour value all over (${least} of 255).`;
  if (bits === 16 && most < SMALL_RANGE) {
    const used = Math.max(1, Math.round(Math.log2(most * 257 + 1)));
    return `It uses ${used} of its 16 bits, so it is nearly black: its values end at ${most} of 255. Stretch its levels in an image program to use all of them.`;
  }
  return `Its values lie between ${least} and ${most} of 255: it will look like one even grey.`;
}
