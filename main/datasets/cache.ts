/**
 * The cache of prepared pixels on disk: one folder for each combination of paths, options and state of the
 * files.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PREPARING_OPTIONS, type DatasetOptions } from '../contract/index.ts';
import { hashOf, PREPARATION } from './content.ts';
import { MOST_BYTES_IN_MEMORY, pixelsInMemory, type Pixels } from './pixels.ts';
import { pixelsInFile } from './pixels-in-file.ts';
import { isPicture, outcomeSchema, type CachedOutcome, type Outcome } from './prepare.ts';
import type { FoundFile } from './found.ts';
import type { Scan } from './scan.ts';

export const PIXELS_FILE = 'pixels.bin';
export const SUMMARY_FILE = 'summary.json';
/** Reasons that may no longer hold the next time. */
const MAY_MEND = ['unreadable', 'too-slow', 'crashed', 'damaged'];

const summarySchema = z.object({
  version: z.literal(PREPARATION),
  imageBytes: z.number().int().positive(),
  /** Of all pixels. */
  sha256: z.string(),
  /** The key of each file, by which it is recognised: see keyOf. */
  keys: z.array(z.string()),
  /** The outcome of each file. */
  outcomes: z.array(outcomeSchema),
});
/** The summary file of an entry. */
export type Summary = z.infer<typeof summarySchema>;

/** `outcomes` are in the order of the files; the images in `pixels` are those of the pictures among them. */
export type CacheEntry = Pick<Summary, 'keys' | 'outcomes'> & { pixels: Pixels };

/**
 * Where an entry lies. Its pixels are held in memory if they take at most `mostBytesInMemory` (512 MiB by
 * default).
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

/** A key of the file by its path, size and stamp: it differs once the file has changed. */
export function keyOf({ path, size, stamp }: FoundFile): string {
  return hashOf(Buffer.concat([Buffer.from(`${size} ${stamp} `), path]));
}

/**
 * The id of an entry: equal for the same paths, files and preparing options. Its first half depends on paths
 * and options alone, so other entries with the same first half may know most of the files.
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
 * What the newest entry of the same paths and options knows about files that have not changed since. Its
 * pixels are read on demand. Call `close` after use.
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
 * The earlier outcome of a file; undefined for a failure that may have been repaired, and if its pixels are
 * damaged.
 */
function knownByKey({ keys, outcomes, pixels }: CacheEntry, imageBytes: number) {
  const knownFiles = new Map<string, { outcome: Outcome; image: number }>();
  let image = 0;
  outcomes.forEach((outcome, index) => {
    const key = keys[index];
    if (key !== undefined) knownFiles.set(key, { outcome, image });
    if (isPicture(outcome)) image++;
  });
  return (key: string): CachedOutcome | undefined => {
    const known = knownFiles.get(key);
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

/** The folder of the entries. */
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

/** The pixels of an entry; undefined if they are not the ones that were written. */
export async function openPixels({
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
