/** Opens files that others may have put there: regular ones only, and without waiting for anybody at the other end. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/** Opening a FIFO would wait for its writer, so it is opened without blocking and then looked at. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What is there is no regular file. */
export class NoRegularFile extends Error {}

/** Opens a file, hands it to `read` with its size, and closes it. Throws NoRegularFile for anything else that is there, and the system's own errors. */
export async function withRegularFile<Result>(path: string | Buffer, read: (file: { handle: FileHandle; size: number }) => Promise<Result>): Promise<Result> {
  const handle = await open(path, READ_AT_ONCE);
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw new NoRegularFile('Not a regular file.');
    return await read({ handle, size: facts.size });
  } finally {
    await handle.close();
  }
}

/** `size` bytes from the start, or fewer where the file shrank meanwhile. */
export async function readWhole(handle: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
