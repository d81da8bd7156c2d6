/** Asks how much room a disk has. */
import fs from 'node:fs';
import path from 'node:path';

/** Bytes that a program may still write at this place, which need not exist yet; undefined if unknown. */
export function freeBytes(place: string): number | undefined {
  // Node has `statfsSync` since version 18.15.
  const { statfsSync } = fs as { statfsSync?: typeof fs.statfsSync };
  if (!statfsSync) return undefined;
  try {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize;
  } catch {
    const parent = path.dirname(place);
    return parent === place ? undefined : freeBytes(parent);
  }
}
