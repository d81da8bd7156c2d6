/** Keeps the cache below a bound: removes the entries used least recently, and what crashes left behind. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** 8 GiB: about 700,000 images of 64 x 64 in colour. */
export const MOST_CACHE_BYTES = 8 * 1024 ** 3;
const DAY = 24 * 60 * 60 * 1000;

type Entry = { path: string; bytes: number; used: number; isPart: boolean };

/**
 * Removes entries, least recently used first, until at most `mostBytes` are left; never `keep`, the entry in
 * use. Unfinished entries (.part) older than a day are removed, too. Never throws: the cache is no reason to
 * fail, and on Windows an entry that another process has open simply stays.
 */
export async function evictCacheEntries({
  folder,
  keep,
  mostBytes = MOST_CACHE_BYTES,
}: {
  folder: string;
  keep: string;
  mostBytes?: number;
}): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((name) => measure(join(folder, name))));
  const entries = found.filter((entry) => entry !== undefined).sort((a, b) => a.used - b.used);
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes, used, isPart } of entries) {
    const stale = isPart ? Date.now() - used > DAY : total > mostBytes && path !== join(folder, keep);
    if (!stale) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
    total -= bytes;
  }
}

async function measure(path: string): Promise<Entry | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    const files = await Promise.all((await readdir(path)).map((name) => stat(join(path, name))));
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return { path, bytes, used: mtimeMs, isPart: path.endsWith('.part') };
  } catch {
    return undefined;
  }
}
