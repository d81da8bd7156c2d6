/** The hash of a file's content, by which it is left out whatever its name. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { StudioError, systemCause } from '../contract/index.ts';
import { shortened } from './content.ts';

/** Throws StudioError `no-such-file`. */
export async function hashOfFile(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isFile()) throw new Error('it is not a regular file');
    const hash = createHash('sha256');
    for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
    return shortened(hash.digest('hex'));
  } catch (error) {
    throw new StudioError({
      code: 'no-such-file',
      message: `${path} cannot be read: ${systemCause(error)}.`,
      remedy: 'Name a picture of the data set.',
    });
  }
}
