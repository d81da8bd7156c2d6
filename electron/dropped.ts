/**
 * What a person may drop: files and folders as a data set; or, where pictures are wanted, one or two
 * pictures.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { MOST_PATHS, StudioError } from '#main/contract/index.ts';

/** A walk has two ends. */
const MOST_PICTURES = 2;

/**
 * The paths that were dropped or chosen, each once. Throws StudioError `not-on-disk` or `too-many-dropped`.
 */
export function placesOf(named: string[]): string[] {
  const places = [...new Set(named)];
  if (places.length === 0) throw notOnDisk('Save it first, then drop the saved file or its folder.');
  if (places.length <= MOST_PATHS) return places;
  throw new StudioError({
    code: 'too-many-dropped',
    message: `These are ${grouped(places.length)} files; GAN Studio opens at most ${grouped(MOST_PATHS)} at once.`,
    remedy: 'Drop or choose the folder that holds them.',
  });
}

/**
 * The paths of one or two files. Throws StudioError `not-on-disk`, `too-many-dropped`, `folder-not-picture`
 * or `not-a-file`.
 */
export async function picturesOf(dropped: string[]): Promise<string[]> {
  if (dropped.length === 0) throw notOnDisk('Save it first, then drop the saved file.');
  if (dropped.length > MOST_PICTURES)
    throw new StudioError({
      code: 'too-many-dropped',
      message: `You dropped ${dropped.length} files; a walk has only two ends.`,
      remedy: 'Drop one or two pictures.',
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
      message: `${name} is a folder, and only pictures can be dropped here.`,
      remedy: 'To train on the folder, drop it on the Data set view.',
    });
  throw new StudioError({
    code: 'not-a-file',
    message: found ? `${name} is not a regular file.` : `${name} is no longer there, or cannot be read.`,
    remedy: 'Drop another picture.',
  });
}

const grouped = (count: number): string => count.toLocaleString('en');

function notOnDisk(remedy: string): StudioError {
  return new StudioError({
    code: 'not-on-disk',
    message: 'What you dropped is not a file on this computer.',
    remedy,
  });
}
