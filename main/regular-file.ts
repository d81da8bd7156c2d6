/** Opens files that others may have put there: only regular files, and without blocking on FIFOs. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Flags to open a file with before checking its kind: opening a FIFO would otherwise wait for its writer. */
export const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The path leads to something other than a regular file. */
export class NoRegularFile extends Error {}

/**
 * Opens a file, hands it to `read` and closes it. Throws NoRegularFile for anything but a regular file, and
 * the system's own errors.
 */
export async function withRegularFile<Result>(
  path: string | Buffer,
  read: (handle: FileHandle) => Promise<Result>,
): Promise<Result> {
  const handle = await open(path, READ_AT_ONCE);
  try {
    if (!(await handle.stat()).isFile()) throw new NoRegularFile('Not a regular file.');
    return await read(handle);
  } finally {
    await handle.close();
  }
}
