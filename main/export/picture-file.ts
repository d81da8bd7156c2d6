/** Writes pictures into files that a person named; the extension chooses the format. */
import path from 'node:path';
import { Transformer } from '@napi-rs/image';
import { StudioError, type ImageBatch } from '../contract/index.ts';
import { requireNoFolder, sheetPng, writeNamed } from '../runs/index.ts';

/** Out of 100: no loss is visible in small images. */
const JPEG_QUALITY = 95;

const jpegOf = (png: Buffer): Buffer => new Transformer(png).jpegSync(JPEG_QUALITY);

/** By extension: turns a PNG into a file of that format. */
const KINDS: Readonly<Record<string, (png: Buffer) => Buffer>> = {
  '.png': (png) => png,
  '.jpg': jpegOf,
  '.jpeg': jpegOf,
  '.webp': (png) => new Transformer(png).webpLosslessSync(),
};

/**
 * Writes images as a sheet, in the format of the name's extension, and returns the file's size in bytes.
 * Makes the folder if it does not exist. Throws StudioError `invalid-input` for another extension or a
 * folder, or `not-written`.
 */
export function writePicture(file: string, images: ImageBatch): number {
  const encode = requirePictureFile(file);
  const bytes = encode(sheetPng(images));
  writeNamed(file, bytes);
  return bytes.length;
}

/**
 * Checks the name of a picture file before the work that the picture takes, and returns the function that
 * turns a PNG into its bytes. Throws StudioError `invalid-input` if no picture can be written under this
 * name, `not-written` if its folder cannot be read.
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
