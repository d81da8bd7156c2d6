/** Turns what a person dropped into the one folder that is meant: the first folder, or the folder that all dropped files lie in. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '#main/contract/index.ts';

/** Throws StudioError when the files lie in several folders. */
export async function folderOf(dropped: string[]): Promise<string> {
  for (const place of dropped) {
    const found = await fs.stat(place).catch(() => undefined);
    if (found?.isDirectory()) return place;
  }
  const parents = new Set(dropped.map((file) => path.dirname(file)));
  const [parent] = parents;
  if (parent !== undefined && parents.size === 1) return parent;
  throw new StudioError({
    code: 'several-folders',
    message: `The ${dropped.length} dropped files lie in ${parents.size} folders.`,
    remedy: 'Drop one folder that holds all of them.',
  });
}
