/** Writing files so that a reader finds the old one or the whole new one, never a part. */
import type { Refusal } from '../entry.ts';
import path from 'node:path';
import { StudioError } from '../contract/index.ts';
import { realDisk, type Disk } from './disk.ts';

/** Ends the name of a file that is still being written; whoever finds one may delete it. */
export const UNFINISHED = '.unfinished';

/**
 * Writes, fsyncs, renames into place, and fsyncs the folder. Throws StudioError `not-written` when the disk
 * refuses.
 */
export function writeWhole(file: string, content: Uint8Array | string, disk: Disk = realDisk): void {
  const unfinished = `${file}${UNFINISHED}`;
  try {
    writeAndSync(unfinished, content, disk);
    disk.rename(unfinished, file);
    disk.syncFolder(path.dirname(file));
  } catch (error) {
    removeQuietly(unfinished, disk);
    throw diskFailure(error, file);
  }
}

function writeAndSync(file: string, content: Uint8Array | string, disk: Disk): void {
  const descriptor = disk.open(file, 'write');
  try {
    disk.write(descriptor, typeof content === 'string' ? Buffer.from(content) : content);
    disk.sync(descriptor);
  } finally {
    disk.close(descriptor);
  }
}

/** What could not be written may not be removable either; the first error is the one to tell. */
function removeQuietly(file: string, disk: Disk): void {
  try {
    disk.remove(file);
  } catch {
    // The name says that the file is unfinished.
  }
}

const REFUSALS: Record<string, Refusal> = {
  ENOSPC: { message: 'The disk is full', remedy: 'Free some space, or choose a folder on another disk.' },
  EDQUOT: {
    message: 'Your share of the disk is full',
    remedy: 'Free some space, or choose a folder on another disk.',
  },
  EACCES: { message: 'No permission to write there', remedy: 'Choose a folder that you may write to.' },
  EPERM: { message: 'No permission to write there', remedy: 'Choose a folder that you may write to.' },
  EROFS: { message: 'The disk is read-only', remedy: 'Choose a folder on another disk.' },
  ENOENT: { message: 'The folder is gone', remedy: 'Bring it back, or choose another folder.' },
  ENOTDIR: { message: 'A file stands where a folder is needed', remedy: 'Choose another folder.' },
};

/** Turns what the file system says into facts and a remedy. */
export function diskFailure(error: unknown, file: string): StudioError {
  if (error instanceof StudioError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = REFUSALS[code];
  return new StudioError({
    code: 'not-written',
    message: `${known?.message ?? (error instanceof Error ? error.message : String(error))}: ${file} was not written.`,
    remedy: known?.remedy ?? 'Check the disk, or choose another folder.',
  });
}
