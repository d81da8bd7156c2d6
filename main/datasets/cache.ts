/**
 * Prepared pixels on disk, one folder per folder of images and set of options. An entry is written under
 * another name and renamed when it is whole, so an entry that is there is either right or was damaged later.
 */
import { createHash, randomBytes, type Hash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { datasetSummarySchema, StudioError, type DatasetOptions } from '../contract/index.ts';
import { MOST_BYTES_IN_MEMORY, pixelsInMemory, type Pixels } from './pixels.ts';
import { pixelsInFile } from './pixels-in-file.ts';
import type { Prepared } from './prepare.ts';
import { codeOf, type Scan } from './scan.ts';

/** Raise it whenever preparing gives other pixels or other facts for the same files. */
const VERSION = 2;
const PIXELS_FILE = 'pixels.bin';
const SUMMARY_FILE = 'summary.json';
const WRITE_BYTES = 1 << 20;

const summarySchema = z.object({
  version: z.literal(VERSION),
  imageBytes: z.number().int().positive(),
  sha256: z.string(),
  prepared: datasetSummarySchema.pick({
    count: true,
    leftOut: true,
    notes: true,
    originalSizes: true,
    formats: true,
  }),
});

export type CacheEntry = { prepared: Prepared; pixels: Pixels };

/**
 * Where an entry lies, and what of it is held in memory: all, when it takes up to `mostBytesInMemory` (512
 * MiB unless told).
 */
export type CachePlace = {
  folder: string;
  id: string;
  imageBytes: number;
  mostBytesInMemory?: number | undefined;
};

/** Bytes of one prepared image. */
export function imageBytesOf({ size, colour }: DatasetOptions): number {
  return size * size * (colour === 'rgb' ? 3 : 1);
}

/**
 * Equal for the same folder, files (by path, size and time of change) and options; mirroring happens later
 * and does not count.
 */
export function cacheId(scan: Scan, { size, colour, framing, background }: DatasetOptions): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([VERSION, scan.root, size, colour, framing, background.toLowerCase()]));
  for (const { path, size: bytes, modified } of scan.files)
    hash.update(`\0${bytes} ${modified} ${path.length}:`).update(path);
  return hash.digest('hex').slice(0, 32);
}

/** Where the entries lie. */
export function cacheFolder(cache: string): string {
  return join(cache, 'datasets');
}

/**
 * The entry, marked as used now; undefined when it is missing, damaged or of another version. Pixels held in
 * memory are checked by their SHA-256, others by their size.
 */
export async function openCacheEntry({
  folder,
  id,
  imageBytes,
  mostBytesInMemory,
}: CachePlace): Promise<CacheEntry | undefined> {
  const file = join(folder, id, PIXELS_FILE);
  try {
    const summary = summarySchema.parse(JSON.parse(await readFile(join(folder, id, SUMMARY_FILE), 'utf8')));
    const { prepared, sha256 } = summary;
    const { size } = await stat(file);
    if (summary.imageBytes !== imageBytes || size !== imageBytes * prepared.count) return undefined;
    const pixels = await openPixels({ file, size, imageBytes, sha256, mostBytesInMemory });
    const now = new Date();
    await utimes(join(folder, id), now, now).catch(() => undefined); // a read-only cache still serves
    return pixels && { prepared, pixels };
  } catch {
    return undefined;
  }
}

async function openPixels({
  file,
  size,
  imageBytes,
  sha256,
  mostBytesInMemory = MOST_BYTES_IN_MEMORY,
}: Omit<CachePlace, 'folder' | 'id'> & {
  file: string;
  size: number;
  sha256: string;
}): Promise<Pixels | undefined> {
  if (size > mostBytesInMemory) return pixelsInFile({ file, imageBytes });
  const bytes = await readFile(file);
  const whole = createHash('sha256').update(bytes).digest('hex') === sha256;
  return whole ? pixelsInMemory(bytes, imageBytes) : undefined;
}

/** An entry being written. */
export type CacheWriter = {
  append(pixels: Uint8Array): Promise<void>;
  /** Makes the entry visible, whole and on the disk, and opens it. */
  commit(prepared: Prepared): Promise<CacheEntry>;
  /** Removes what was written; does nothing after commit. */
  discard(): Promise<void>;
};

/** Begins an entry. It and what it answers throw StudioError: disk-full, cache-unwritable. */
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
  const hash = createHash('sha256');
  const buffered = bufferWrites(handle, hash);
  return {
    append: (pixels) => explained(folder, () => buffered.append(pixels)),
    commit: (prepared) =>
      explained(folder, async () => {
        await buffered.flush();
        await handle.sync();
        await handle.close();
        const sha256 = hash.digest('hex');
        await writeSummary(join(part, SUMMARY_FILE), { version: VERSION, imageBytes, sha256, prepared });
        await rm(join(folder, id), { recursive: true, force: true });
        await rename(part, join(folder, id)).catch(ignoreRival);
        const file = join(folder, id, PIXELS_FILE);
        const pixels = await openPixels({
          file,
          size: imageBytes * prepared.count,
          imageBytes,
          sha256,
          mostBytesInMemory,
        });
        if (pixels === undefined) throw new Error('what was written reads back differently');
        return { prepared, pixels };
      }),
    async discard() {
      await handle.close().catch(() => undefined); // commit has closed it
      await rm(part, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}

/** Another process that prepared the same images first has left the same entry. */
function ignoreRival(error: unknown): void {
  if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error))) throw error;
}

function bufferWrites(handle: FileHandle, hash: Hash) {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const block = Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
    hash.update(block);
    await handle.writeFile(block); // goes on from where the last one ended
  };
  return {
    flush,
    async append(pixels: Uint8Array): Promise<void> {
      waiting.push(pixels);
      bytes += pixels.length;
      if (bytes >= WRITE_BYTES) await flush();
    },
  };
}

async function writeSummary(file: string, summary: z.infer<typeof summarySchema>): Promise<void> {
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
    const full = ['ENOSPC', 'EDQUOT'].includes(codeOf(error));
    const fact = error instanceof Error ? error.message : String(error);
    if (full) {
      throw new StudioError({
        code: 'disk-full',
        message: `The disk is full: the prepared images do not fit in ${folder}.`,
        remedy: 'Free some space, or choose a smaller training size, and open the folder again.',
      });
    }
    throw new StudioError({
      code: 'cache-unwritable',
      message: `The prepared images cannot be kept in ${folder} (${fact}).`,
      remedy: 'Give yourself permission to write there, or set another cache folder.',
    });
  }
}
