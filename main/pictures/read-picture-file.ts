/** Reads a picture's file into memory, if its first bytes are a picture's. */
import { NoRegularFile, readWhole, withRegularFile } from '../regular-file.ts';
import { identifyFormat, START_BYTES, unlikeAPicture, type Format } from './kinds.ts';
import { Unusable } from './unusable.ts';

/** 200 MB: no picture of 100 megapixels needs more, short of uncompressed ones. */
const LARGEST_FILE = 200_000_000;

/** Throws Unusable: not-an-image, unsupported, damaged (empty), too-large, unreadable. */
export async function readPictureFile(path: string | Buffer): Promise<{ format: Format; bytes: Buffer }> {
  try {
    return await withRegularFile(path, async ({ handle, size }) => {
      if (size === 0) throw new Unusable('damaged', 'The file is empty.');
      const start = await readWhole(handle, Math.min(START_BYTES, size));
      const format = identifyFormat(start);
      if (format === undefined) throw unlikeAPicture(start);
      if (size > LARGEST_FILE) throw new Unusable('too-large', `${Math.round(size / 1e6)} MB; at most ${LARGEST_FILE / 1e6} MB`);
      return { format, bytes: await readWhole(handle, size) };
    });
  } catch (error) {
    if (error instanceof Unusable) throw error;
    if (error instanceof NoRegularFile) throw new Unusable('not-an-image', error.message);
    throw new Unusable('unreadable', `This file cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)}).`);
  }
}
