/**
 * Turns what a person dropped into the one folder that is meant: the first folder, or the folder that all
 * dropped files lie in.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '#main/contract/index.ts';

/** More files than a person drops in one go; each is looked at on the disk. */
const MOST_DROPPED = 100_000;

/**
 * Throws StudioError when nothing that was dropped lies on the disk, when it is too much, and when the files
 * lie in several folders.
 */
export async function folderOf(dropped: string[]): Promise<string> {
  if (dropped.length === 0)
    throw new StudioError({
      code: 'not-on-disk',
      message: 'What you dropped is no file on this computer.',
      remedy: 'Save it first, then drop the folder that holds it.',
    });
  if (dropped.length > MOST_DROPPED)
    throw new StudioError({
      code: 'too-many-dropped',
      message: `You dropped ${dropped.length} files at once; GAN Studio takes ${MOST_DROPPED}.`,
      remedy: 'Drop the folder that holds them.',
    });
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
