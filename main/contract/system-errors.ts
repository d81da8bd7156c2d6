/** Errors of the file system in plain words: the one table of its codes. */

/** As the part of a sentence that comes after a colon; "it" is the file or folder that was asked for. */
const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'permission is missing',
  EBUSY: 'another program is using it',
  EDQUOT: 'your share of the disk is full',
  EEXIST: 'something with that name already exists',
  EFBIG: 'it is too large for this disk',
  EHOSTDOWN: 'the network drive does not answer',
  EILSEQ: 'this disk does not allow such a name',
  EIO: 'the disk cannot be read or written there',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENFILE: 'too many files are open',
  ENODEV: 'its disk is not there',
  ENOENT: 'it is not there',
  ENOMEM: 'memory is short',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOTEMPTY: 'the folder is not empty',
  ENOTSUP: 'this disk cannot do that',
  ENXIO: 'its disk is not there',
  EPERM: 'permission is missing',
  EROFS: 'the disk is read-only',
  ESTALE: 'the network drive no longer has it',
  ETIMEDOUT: 'the network drive does not answer',
  ETXTBSY: 'another program is using it',
  EXDEV: 'it would have to move to another disk',
};

/** The operating system's code of an error, such as EACCES; undefined for an error without one. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Why the file system refused, as the end of a sentence: "permission is missing". A code that is not in the
 * table stands in brackets after plain words; an error without a code keeps its own message.
 */
export function systemCause(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return CAUSES[code] ?? `the system refused it (${code})`;
}
