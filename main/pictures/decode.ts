/** Decodes a picture with the library that reads its format best. */
import type { Note } from '../contract/index.ts';
import type { Target } from './canvas.ts';
import { explain } from './explain.ts';
import { decodeHeic } from './heic-picture.ts';
import type { Format } from './kinds.ts';
import { readHeader } from './read-header.ts';
import type { Decoded, PictureRequest } from './request.ts';
import { decodeByRust } from './rust-picture.ts';
import { decodeByVips } from './vips-picture.ts';

/** A whole file in memory, and how to decode it. */
export type DecodeRequest = {
  format: Format;
  bytes: Buffer;
  options: Target;
  /** Waits until this many pixels may be decoded. */
  ask: (pixels: number) => Promise<void>;
};

/**
 * Decodes a picture, converts it to sRGB, turns it upright (EXIF), flattens it onto the background and scales
 * it (Lanczos). Throws Unusable with the decoder's message.
 */
export async function decode({ format, ...request }: DecodeRequest): Promise<Decoded & { notes: Note[] }> {
  const notes: Note[] = [];
  try {
    return { ...(await byLibrary(format, { ...request, onNote: (note) => notes.push(note) })), notes };
  } catch (error) {
    throw explain(error, format);
  }
}

/** Animated WebP goes to libvips, which finds the first picture that is not empty. */
async function byLibrary(format: Format, request: PictureRequest): Promise<Decoded> {
  if (format === 'JPEG' || format === 'GIF' || format === 'TIFF') return decodeByVips(format, request);
  if (format === 'HEIC') return decodeHeic(request);
  const header = readHeader(format, request.bytes);
  if (format === 'WebP' && header.animated) return decodeByVips(format, request);
  return decodeByRust(format, { header, request });
}
