/**
 * Writes an entry of the cache. It is written under another name and renamed when it is complete, so an entry
 * that exists is either right or was damaged later.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError, systemCause, systemCode } from '../contract/index.ts';
import {
  openPixels,
  PIXELS_FILE,
  SUMMARY_FILE,
  type CacheEntry,
  type CachePlace,
  type Summary,
} from './cache.ts';
import { PREPARATION } from './content.ts';
import { isPicture } from './prepare.ts';

const WRITE_BYTES = 1 << 20;

/** An entry being written. */
export type CacheWriter = {
  append(pixels: Uint8Array): Promise<void>;
  /** Flushes the entry to the disk, makes it visible, and opens it. */
  commit(prepared: Pick<Summary, 'keys' | 'outcomes'>): Promise<CacheEntry>;
  /** Removes what was written; does nothing after commit. */
  discard(): Promise<void>;
};

/** Begins an entry. This function and the writer throw StudioError: disk-full, cache-unwritable. */
export async function createCacheEntry({
  folder,
  id,
  imageBytes,
  mostBytesInMemory,
}: CachePlace): Promise<CacheWriter> {
  const part = join(folder, `${id}.${randomBytes(4).toString('hex')}.part`);
  const handle = await explained(folder, async () => {
    await mkdir(part, { recursive: true });
    return open(join(part, PIXELS_FILE), 'w');
  });
  const pixelsFile = bufferWrites(handle);
  return {
    append: (pixels) => explained(folder, () => pixelsFile.append(pixels)),
    commit: ({ keys, outcomes }) =>
      explained(folder, async () => {
        const sha256 = await pixelsFile.end();
        const summary = { version: PREPARATION, imageBytes, sha256, keys, outcomes } as const;
        await writeSummary(join(part, SUMMARY_FILE), summary);
        await rm(join(folder, id), { recursive: true, force: true });
        await rename(part, join(folder, id)).catch(ignoreRival);
        const file = join(folder, id, PIXELS_FILE);
        const pixels = await openPixels({
          file,
          size: imageBytes * outcomes.filter(isPicture).length,
          imageBytes,
          sha256,
          mostBytesInMemory,
        });
        if (pixels === undefined) throw new Error('what was written reads back differently');
        return { keys, outcomes, pixels };
      }),
    async discard() {
      await handle.close().catch(() => undefined); // commit has closed it
      await rm(part, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}

/** Ignores that another process prepared the same images first: it has left an equal entry. */
function ignoreRival(error: unknown): void {
  if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
}

/** Writes pixels in large blocks; `end` returns the SHA-256 of all pixels once they are on the disk. */
function bufferWrites(handle: FileHandle) {
  const hash = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const block = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    hash.update(block);
    await handle.writeFile(block); // appends after the last block
  };
  return {
    async append(pixels: Uint8Array): Promise<void> {
      waiting.push(pixels);
      bytes += pixels.length;
      if (bytes >= WRITE_BYTES) await flush();
    },
    async end(): Promise<string> {
      await flush();
      await handle.sync();
      await handle.close();
      return hash.digest('hex');
    },
  };
}

async function writeSummary(file: string, summary: Summary): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(JSON.stringify(summary));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function explained<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const full = ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '');
    if (full) {
      throw new StudioError({
        code: 'disk-full',
        message: `The disk is full: the prepared pictures do not fit in ${folder}.`,
        remedy: 'Free some space, or choose a smaller training size, and open the folder again.',
      });
    }
    throw new StudioError({
      code: 'cache-unwritable',
      message: `The prepared pictures cannot be saved in ${folder}: ${systemCause(error)}.`,
      remedy: 'Give yourself permission to write there, or set another cache folder.',
    });
  }
}
