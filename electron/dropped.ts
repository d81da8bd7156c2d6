/**
 * Turns what a person dropped into what is meant: one folder, the first one or the one that all dropped files
 * lie in; or, where pictures are taken, one or two of them.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '#main/contract/index.ts';

/** More files than a person drops in one go; each is looked at on the disk. */
const MOST_DROPPED = 100_000;
/** A walk has two ends. */
const MOST_PICTURES = 2;

/**
 * Throws StudioError when nothing that was dropped lies on the disk, when it is too much, and when the files
 * lie in several folders.
 */
export async function folderOf(dropped: string[]): Promise<string> {
  if (dropped.length === 0) throw notOnDisk('Save it first, then drop the folder that holds it.');
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

/**
 * The paths of one or two files. Throws StudioError when nothing that was dropped lies on the disk, when it is
 * more, and when there is a folder, or what is no regular file, among it.
 */
export async function picturesOf(dropped: string[]): Promise<string[]> {
  if (dropped.length === 0) throw notOnDisk('Save it first, then drop the saved file.');
  if (dropped.length > MOST_PICTURES)
    throw new StudioError({
      code: 'too-many-dropped',
      message: `You dropped ${dropped.length} files at once; a walk has two ends.`,
      remedy: 'Drop one picture, or two.',
    });
  await Promise.all(dropped.map(requireFile));
  return dropped;
}

async function requireFile(place: string): Promise<void> {
  const found = await fs.stat(place).catch(() => undefined);
  if (found?.isFile()) return;
  const name = path.basename(place);
  if (found?.isDirectory())
    throw new StudioError({
      code: 'folder-not-picture',
      message: `${name} is a folder; here you can drop one or two pictures.`,
      remedy: 'To train on the folder, drop it on the Dataset view.',
    });
  throw new StudioError({
    code: 'not-a-file',
    message: found ? `${name} is not a regular file.` : `${name} is no longer there, or cannot be read.`,
    remedy: 'Drop another picture.',
  });
}

function notOnDisk(remedy: string): StudioError {
  return new StudioError({
    code: 'not-on-disk',
    message: 'What you dropped is no file on this computer.',
    remedy,
  });
}
