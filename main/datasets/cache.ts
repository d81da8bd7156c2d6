/**
 * Prepared pixels on disk, one folder for each state of the files at some places and set of options. An entry is written under
 * another name and renamed when it is whole, so an entry that is there is either right or was damaged later.
 */
import { createHash, randomBytes, type Hash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  PREPARING_OPTIONS,
  StudioError,
  systemCause,
  systemCode,
  type DatasetOptions,
} from '../contract/index.ts';
import { hashOf, PREPARATION } from './content.ts';
import { MOST_BYTES_IN_MEMORY, pixelsInMemory, type Pixels } from './pixels.ts';
import { pixelsInFile } from './pixels-in-file.ts';
import { isPicture, outcomeSchema, type CachedOutcome, type Outcome } from './prepare.ts';
import type { FoundFile, Scan } from './scan.ts';

const PIXELS_FILE = 'pixels.bin';
const SUMMARY_FILE = 'summary.json';
const WRITE_BYTES = 1 << 20;
/** Reasons that need not hold for ever. */
const MAY_MEND = ['unreadable', 'too-slow', 'crashed', 'damaged'];

const summarySchema = z.object({
  version: z.literal(PREPARATION),
  imageBytes: z.number().int().positive(),
  /** Of all pixels. */
  sha256: z.string(),
  /** Of each file, by which it is known again. */
  keys: z.array(z.string()),
  /** What came of each file. */
  outcomes: z.array(outcomeSchema),
});
type Summary = z.infer<typeof summarySchema>;

/** `outcomes` are in the order of the files; the images in `pixels` are those of the pictures among them. */
export type CacheEntry = Pick<Summary, 'keys' | 'outcomes'> & { pixels: Pixels };

/**
 * Where an entry lies, and what of it is held in memory: all, when it takes up to `mostBytesInMemory` (512
 * MiB by default).
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

/** Differs once the file was changed, by its path, size and times. */
export function keyOf({ path, size, stamp }: FoundFile): string {
  return hashOf(Buffer.concat([Buffer.from(`${size} ${stamp} `), path]));
}

/**
 * Equal for the same places, files and options that decide the pixels. The first half says places and options
 * alone: other entries that begin so may know most of the files.
 */
export function cacheId({
  scan: { roots, stamps },
  keys,
  options,
}: {
  scan: Pick<Scan, 'roots' | 'stamps'>;
  keys: string[];
  options: DatasetOptions;
}): string {
  const preparing = PREPARING_OPTIONS.map((name) => String(options[name]).toLowerCase());
  const places = hashOf(JSON.stringify([PREPARATION, roots, preparing]));
  return `${places}-${hashOf([...stamps, ...keys].join(' '))}`;
}

/**
 * What the newest entry of the same places and options knows of files that were not changed since; its pixels
 * are read as they are asked for. `close` it after use.
 */
export async function knownFiles(
  place: CachePlace,
): Promise<{ knownOf: (file: FoundFile) => CachedOutcome | undefined; close: () => void } | undefined> {
  const [places = ''] = place.id.split('-');
  const names = await readdir(place.folder).catch(() => []);
  const others = names.filter((name) => name.startsWith(`${places}-`) && !name.endsWith('.part'));
  const dated = await Promise.all(
    others.map(async (id) => ({
      id,
      used: (await stat(join(place.folder, id)).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  );
  const newest = dated.sort((a, b) => b.used - a.used)[0];
  const entry = newest && (await openCacheEntry({ ...place, id: newest.id, mostBytesInMemory: 0 }));
  if (!entry) return undefined;
  const byKey = knownByKey(entry, place.imageBytes);
  return { knownOf: (file) => byKey(keyOf(file)), close: () => entry.pixels.close() };
}

/**
 * The earlier outcome of a file, except a failure that may be repaired by now, and pixels that have changed.
 */
function knownByKey({ keys, outcomes, pixels }: CacheEntry, imageBytes: number) {
  const places = new Map<string, { outcome: Outcome; image: number }>();
  let image = 0;
  outcomes.forEach((outcome, index) => {
    const key = keys[index];
    if (key !== undefined) places.set(key, { outcome, image });
    if (isPicture(outcome)) image++;
  });
  return (key: string): CachedOutcome | undefined => {
    const known = places.get(key);
    if (!known) return undefined;
    const { outcome } = known;
    if (!isPicture(outcome)) return MAY_MEND.includes(outcome.reason) ? undefined : { outcome };
    const { bytes, slots, release } = pixels.read(Uint32Array.of(known.image));
    const from = (slots[0] ?? 0) * imageBytes;
    const own = Uint8Array.from(bytes.subarray(from, from + imageBytes));
    release();
    return hashOf(own) === outcome.hash ? { outcome, pixels: own } : undefined;
  };
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
    const { keys, outcomes, sha256 } = summary;
    const { size } = await stat(file);
    if (summary.imageBytes !== imageBytes || size !== imageBytes * outcomes.filter(isPicture).length)
      return undefined;
    const pixels = await openPixels({ file, size, imageBytes, sha256, mostBytesInMemory });
    const now = new Date();
    await utimes(join(folder, id), now, now).catch(() => undefined); // a read-only cache still serves
    return pixels && { keys, outcomes, pixels };
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
  commit(prepared: Pick<Summary, 'keys' | 'outcomes'>): Promise<CacheEntry>;
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
    commit: ({ keys, outcomes }) =>
      explained(folder, async () => {
        await buffered.flush();
        await handle.sync();
        await handle.close();
        const sha256 = hash.digest('hex');
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

/** Another process that prepared the same images first has left the same entry. */
function ignoreRival(error: unknown): void {
  if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
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
