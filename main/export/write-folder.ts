/** Writes a new folder that is either whole or absent. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError, systemCode } from '../contract/index.ts';
import { diskFailure, freeFolder, realDisk, writeAndSync } from '../runs/index.ts';
import type { Files } from './exporter.ts';

const MOST_ATTEMPTS = 5;
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'];

type NewFolder = {
  /** Made if it does not exist. */
  parent: string;
  /** A number is added if it is taken. */
  name: string;
  files: Files;
  signal?: AbortSignal | undefined;
};

/**
 * Writes the files and returns the path of their folder; other work of the process goes on between them. The
 * folder has another name until it is whole, and nothing is overwritten. Throws StudioError `not-written` or
 * `cancelled`, and then leaves nothing behind.
 */
export async function writeFolder({ parent, name, files, signal }: NewFolder): Promise<string> {
  const wanted = freeFolder(path.resolve(parent), name);
  const unfinished = newUnfinished(wanted);
  try {
    for (const [file, content] of Object.entries(files)) {
      await nextTurn();
      requireNotCancelled(signal);
      writeFile(path.join(unfinished, file), content);
    }
    return putInPlace(unfinished, { parent, name });
  } catch (error) {
    removeQuietly(unfinished);
    throw diskFailure(error, wanted);
  }
}

/** A new folder with a name that nobody can guess, beside the folder that it will become. */
function newUnfinished(folder: string): string {
  try {
    realDisk.makeFolder(path.dirname(folder));
    const unfinished = `${folder}.unfinished-${randomBytes(8).toString('hex')}`;
    fs.mkdirSync(unfinished);
    return unfinished;
  } catch (error) {
    throw diskFailure(error, folder);
  }
}

function writeFile(file: string, content: Files[string]): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeAndSync(file, content, realDisk);
}

/** Renames the folder to the first name that is free; another program may take that name at any moment. */
function putInPlace(unfinished: string, { parent, name }: Pick<NewFolder, 'parent' | 'name'>): string {
  for (let attempt = 1; ; attempt++) {
    const folder = freeFolder(path.resolve(parent), name);
    try {
      // If something has taken the name, a rename fails, unless that is an empty folder.
      fs.renameSync(unfinished, folder);
    } catch (error) {
      if (attempt < MOST_ATTEMPTS && TAKEN.includes(systemCode(error) ?? '')) continue;
      throw error;
    }
    realDisk.syncFolder(path.dirname(folder));
    return folder;
  }
}

/**
 * Reports no error of its own: what could not be written may not be removable, and the first error matters.
 */
export function removeQuietly(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // The name says that it is unfinished.
  }
}

/** Throws StudioError `cancelled` once the signal has aborted. */
export function requireNotCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new StudioError({
    code: 'cancelled',
    message: 'The export was cancelled.',
    remedy: 'No files of it are left. Export again at any time.',
  });
}
