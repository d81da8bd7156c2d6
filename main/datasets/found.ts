/**
 * The files that were found in the folders and archives of a data set, and what was left out or noted on the
 * way.
 */
import type { FileNote, LeftOut } from '../contract/index.ts';
import type { FilePart } from '../decoding/index.ts';

export type FoundFile = {
  /** Path below what was dropped or named, with '/' between names. */
  path: Buffer;
  /** Where its bytes lie: an absolute path, and the part of that file if it is an archive. */
  place: { path: Buffer; part?: FilePart };
  /** In bytes. */
  size: number;
  /** Differs once the file has changed: its times, or the checksum of an entry. */
  stamp: string;
};

/** What was found; files are ordered by the bytes of their paths. */
export type Found = {
  files: FoundFile[];
  /** Files that cannot be data, judged without decoding them. */
  leftOut: LeftOut[];
  notes: FileNote[];
  /** Folders that hold nothing, or only clutter. */
  emptyFolders: Buffer[];
  /** How many pictures were skipped because their names begin with a dot. */
  hidden: number;
};

export function nothingFound(): Found {
  return { files: [], leftOut: [], notes: [], emptyFolders: [], hidden: 0 };
}

/** Adds `found` to `all`. It pushes one by one, as there may be more items than a call takes arguments. */
export function addFound(all: Found, found: Found): void {
  for (const part of ['files', 'leftOut', 'notes', 'emptyFolders'] as const) {
    const into: unknown[] = all[part];
    for (const each of found[part]) into.push(each);
  }
  all.hidden += found.hidden;
}
