/**
 * Reads a picture's file, or its entry in an archive, into memory if its first bytes are those of a picture.
 * It blocks on the disk, since the process has nothing else to do.
 */
import fs from 'node:fs';
import zlib from 'node:zlib';
import crc32 from 'crc-32';
import type { FilePart } from '../decoding/index.ts';
import { READ_AT_ONCE } from '../regular-file.ts';
import { systemCause } from '../contract/system-errors.ts';
import { identifyFormat, START_BYTES, unlikeAPicture, type Format } from './kinds.ts';
import { Unusable } from './unusable.ts';

/** 200 MB: of the pictures of 100 megapixels, only uncompressed ones take more. */
const LARGEST_FILE = 200_000_000;

/** The file of a picture, or an archive and the part of it that is the picture. */
export type PictureFile = { path: string | Buffer; part?: FilePart | undefined };

/**
 * Reads the file and identifies its format. Throws Unusable: not-an-image, unsupported, damaged (or empty),
 * too-large, unreadable.
 */
export function readPictureFile({ path, part }: PictureFile): { format: Format; bytes: Buffer } {
  try {
    const file = fs.openSync(path, READ_AT_ONCE);
    try {
      return readOpen(file, part);
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable('unreadable', `This file cannot be read: ${systemCause(error)}.`);
  }
}

function readOpen(file: number, part: FilePart | undefined): { format: Format; bytes: Buffer } {
  const facts = fs.fstatSync(file);
  if (!facts.isFile()) throw new Unusable('not-an-image', 'Not a regular file.');
  const size = part?.size ?? facts.size;
  if (size === 0) throw new Unusable('damaged', 'The file is empty.');
  if (part && isLie(part, facts.size)) throw damagedEntry();
  const start = part ? startOfEntry(file, part) : readBytes(file, { size: Math.min(START_BYTES, size) });
  const format = identifyFormat(start);
  if (format === undefined) throw unlikeAPicture(start);
  if (size > LARGEST_FILE)
    throw new Unusable('too-large', `${Math.round(size / 1e6)} MB; at most ${LARGEST_FILE / 1e6} MB`);
  if (part) return { format, bytes: entry(file, part) };
  return { format, bytes: size > start.length ? readBytes(file, { size }) : start };
}

function isLie({ offset, stored, size, method }: FilePart, fileSize: number): boolean {
  return offset + stored > fileSize || (method === 'stored' && stored !== size);
}

/** Deflate lengthens data by a few bytes at most, so this many bytes hold the start of the file. */
const DEFLATED_START = 2 * START_BYTES;

/** The first bytes of an entry, enough to identify its kind. */
function startOfEntry(file: number, { offset, stored, size, method }: FilePart): Buffer {
  if (method === 'stored') return readBytes(file, { offset, size: Math.min(START_BYTES, stored, size) });
  const bytes = readBytes(file, { offset, size: Math.min(DEFLATED_START, stored) });
  return inflate(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).subarray(0, START_BYTES);
}

/**
 * A whole entry. Throws Unusable (damaged) unless it has the size and the checksum that the archive declares.
 */
function entry(file: number, { offset, stored, size, method, crc32: sum }: FilePart): Buffer {
  if (stored > LARGEST_FILE) throw damagedEntry();
  const bytes = readBytes(file, { offset, size: stored });
  const whole = method === 'stored' ? bytes : inflate(bytes, { maxOutputLength: size });
  if (whole.length !== size || crc32.buf(whole) >>> 0 !== sum) throw damagedEntry();
  return whole;
}

function inflate(bytes: Buffer, options: zlib.ZlibOptions): Buffer {
  try {
    return zlib.inflateRawSync(bytes, options);
  } catch {
    throw damagedEntry();
  }
}

function damagedEntry(): Unusable {
  return new Unusable('damaged', 'This entry of the archive is damaged.');
}

/** `size` bytes from `offset` on, or fewer if the file has shrunk meanwhile. */
function readBytes(file: number, { offset = 0, size }: { offset?: number; size: number }): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const bytesRead = fs.readSync(file, bytes, filled, size - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
