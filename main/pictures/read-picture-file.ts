/**
 * Reads a picture's file into memory, if its first bytes are a picture's. Waiting for the disk holds up
 * nothing: the process has nothing else to do.
 */
import fs from 'node:fs';
import { READ_AT_ONCE } from '../regular-file.ts';
import { identifyFormat, START_BYTES, unlikeAPicture, type Format } from './kinds.ts';
import { Unusable } from './unusable.ts';

/** 200 MB: no picture of 100 megapixels needs more, short of uncompressed ones. */
const LARGEST_FILE = 200_000_000;

/** Throws Unusable: not-an-image, unsupported, damaged (empty), too-large, unreadable. */
export function readPictureFile(path: string | Buffer): { format: Format; bytes: Buffer } {
  try {
    const file = fs.openSync(path, READ_AT_ONCE);
    try {
      return readOpen(file);
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable(
      'unreadable',
      `This file cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)}).`,
    );
  }
}

function readOpen(file: number): { format: Format; bytes: Buffer } {
  const facts = fs.fstatSync(file);
  if (!facts.isFile()) throw new Unusable('not-an-image', 'Not a regular file.');
  if (facts.size === 0) throw new Unusable('damaged', 'The file is empty.');
  const start = readBytes(file, Math.min(START_BYTES, facts.size));
  const format = identifyFormat(start);
  if (format === undefined) throw unlikeAPicture(start);
  if (facts.size > LARGEST_FILE)
    throw new Unusable('too-large', `${Math.round(facts.size / 1e6)} MB; at most ${LARGEST_FILE / 1e6} MB`);
  return { format, bytes: facts.size > start.length ? readBytes(file, facts.size) : start };
}

/** `size` bytes from the start, or fewer where the file shrank meanwhile. */
function readBytes(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const bytesRead = fs.readSync(file, bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
