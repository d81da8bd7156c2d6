/** Writes files so that a reader finds either the old content or the whole new one, never a part. */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { StudioError, systemCause, systemCode } from '../contract/index.ts';
import { realDisk, type Disk } from './disk.ts';

/** Ends the name of a file that is still being written; whoever finds one may delete it. */
export const UNFINISHED = '.unfinished';
/**
 * Unfinished files of a run: what `writeWhole` leaves of a checkpoint, sheet or record when its process is
 * killed.
 */
const LEFT_BEHIND =
  /^(step-\d{9,15}\.(safetensors|png)|best\.json|layout\.json|pictures\.json|holder\.json)(\.[0-9a-f]{16})?\.unfinished$/;

/** Whether a file of this name is one that a run began to write and did not finish. */
export const isLeftBehind = (name: string): boolean => LEFT_BEHIND.test(name);

/**
 * Writes under a new name that nobody can guess, fsyncs, renames into place, and fsyncs the folder. The new
 * file has the permissions of the one that it replaces. Throws StudioError `not-written` when the disk
 * refuses.
 */
export function writeWhole(file: string, content: Uint8Array | string, disk: Disk = realDisk): void {
  const unfinished = `${file}.${randomBytes(8).toString('hex')}${UNFINISHED}`;
  try {
    writeAndSync(unfinished, content, disk);
    disk.copyMode(file, unfinished);
    disk.rename(unfinished, file);
    disk.syncFolder(path.dirname(file));
  } catch (error) {
    removeQuietly(unfinished, disk);
    throw diskFailure(error, file);
  }
}

/** Writes and fsyncs a new file. Throws the system's errors, such as `EEXIST`. */
export function writeAndSync(file: string, content: Uint8Array | string, disk: Disk): void {
  const descriptor = disk.open(file, 'new');
  try {
    disk.write(descriptor, typeof content === 'string' ? Buffer.from(content) : content);
    disk.sync(descriptor);
  } finally {
    disk.close(descriptor);
  }
}

/**
 * Like `writeWhole`, for a file that a person named: makes its folder first. Throws StudioError
 * `not-written`.
 */
export function writeNamed(file: string, content: Uint8Array | string): void {
  try {
    realDisk.makeFolder(path.dirname(file));
  } catch (error) {
    throw diskFailure(error, file);
  }
  writeWhole(file, content);
}

/** Throws StudioError `invalid-input` if `file` is a folder. `example` is a file name for the remedy. */
export function requireNoFolder(file: string, example: string): void {
  if (!isFolder(file)) return;
  throw new StudioError({
    code: 'invalid-input',
    message: `${file} is a folder, not a file name.`,
    remedy: `Name a file in it, such as ${path.join(file, example)}.`,
  });
}

function isFolder(file: string): boolean {
  try {
    return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    throw diskFailure(error, file);
  }
}

/**
 * Reports no error of its own: what could not be written may not be removable, and the first error matters.
 */
function removeQuietly(file: string, disk: Disk): void {
  try {
    disk.remove(file);
  } catch {
    // The name says that the file is unfinished.
  }
}

const ANOTHER_DISK = 'Free some space, or choose a folder on another disk.';
const PERMITTED = 'Choose a folder that you may write to.';
const FEWER_FILES = 'Close other programs, then try again.';

/** Remedies by the system's error code. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: ANOTHER_DISK,
  EDQUOT: ANOTHER_DISK,
  EFBIG: 'Choose a folder on another disk.',
  EROFS: 'Choose a folder on another disk.',
  EACCES: PERMITTED,
  EPERM: PERMITTED,
  ENOENT: 'Bring the folder back, or choose another one.',
  ENOTDIR: 'Choose another folder.',
  EISDIR: 'Name a file in it.',
  ENAMETOOLONG: 'Choose a shorter name.',
  EMFILE: FEWER_FILES,
  ENFILE: FEWER_FILES,
  EBUSY: 'Close the other program, or choose another name.',
  EEXIST: 'Choose another name, or move away what is there.',
};

/**
 * A file system's error as StudioError `not-written` with facts and a remedy; the original becomes its
 * `cause`.
 */
export function diskFailure(error: unknown, file: string): StudioError {
  if (error instanceof StudioError) return error;
  const failure = new StudioError({
    code: 'not-written',
    message: `${file} was not written: ${diskCause(error)}.`,
    remedy: REMEDIES[systemCode(error) ?? ''] ?? 'Check the disk, or choose another folder.',
  });
  failure.cause = error;
  return failure;
}

/** Why the file system refused to write a file, as the end of a sentence. */
export function diskCause(error: unknown): string {
  return systemCode(error) === 'ENOENT' ? 'its folder is not there' : systemCause(error);
}
