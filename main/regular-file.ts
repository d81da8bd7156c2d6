/**
 * Opens files that others may have put there: regular ones only, and without waiting for anybody at the other
 * end.
 */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Opening a FIFO would wait for its writer, so it is opened without blocking and then looked at. */
export const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What is there is no regular file. */
export class NoRegularFile extends Error {}

/**
 * Opens a file, hands it to `read` and closes it. Throws NoRegularFile for anything else that is there, and
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
