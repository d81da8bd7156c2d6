/** Pictures in files that a person named: the ending of the name decides what is written. */
import path from 'node:path';
import { Transformer } from '@napi-rs/image';
import { StudioError, type ImageBatch } from '../contract/index.ts';
import { requireNoFolder, sheetPng, writeNamed } from '../runs/index.ts';

/** Of 100: nothing of the small images is seen to be lost. */
const JPEG_QUALITY = 95;

const jpegOf = (png: Buffer): Buffer => new Transformer(png).jpegSync(JPEG_QUALITY);

/** What each ending stands for, from a PNG. */
const KINDS: Readonly<Record<string, (png: Buffer) => Buffer>> = {
  '.png': (png) => png,
  '.jpg': jpegOf,
  '.jpeg': jpegOf,
  '.webp': (png) => new Transformer(png).webpLosslessSync(),
};

/**
 * Writes images as a sheet, of the kind that the name ends in; makes the folder if it is not there. Answers
 * the file's size in bytes. Throws StudioError `invalid-input` for a name that no picture can have,
 * `not-written`.
 */
export function writePicture(file: string, images: ImageBatch): number {
  const encode = requirePictureFile(file);
  const bytes = encode(sheetPng(images));
  writeNamed(file, bytes);
  return bytes.length;
}

/**
 * What makes the picture's bytes of a PNG. Throws StudioError `invalid-input` where no picture can be written
 * under this name, `not-written` where nobody can look: ask before the work that the picture takes.
 */
export function requirePictureFile(file: string): (png: Buffer) => Buffer {
  requireNoFolder(file, 'samples.png');
  const ending = path.extname(file);
  const encode = KINDS[ending.toLowerCase()];
  if (encode) return encode;
  const name = path.basename(file);
  throw new StudioError({
    code: 'invalid-input',
    message: `The extension of the file name chooses the format: PNG, JPEG or WebP. ${name} ${ending === '' ? 'has no extension' : `ends in ${ending}`}.`,
    remedy: `End the name in ${Object.keys(KINDS).join(', ')}.`,
  });
}
