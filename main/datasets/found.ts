/** The files that were found in the places of a data set, and what was left out or noted on the way. */
import type { FileNote, LeftOut } from '../contract/index.ts';
import type { FilePart } from '../decoding/index.ts';

export type FoundFile = {
  /** Below what was dropped or named, with '/' between names. */
  path: Buffer;
  /** Where its bytes lie: an absolute path, and the part where that is an archive. */
  place: { path: Buffer; part?: FilePart };
  /** In bytes. */
  size: number;
  /** Differs once the file was changed: its times, or the checksum of an entry. */
  stamp: string;
};

/** What was found; files are ordered by the bytes of their paths. */
export type Found = {
  files: FoundFile[];
  /** What cannot be data, by what alone the walk knows. */
  leftOut: LeftOut[];
  notes: FileNote[];
  /** Folders without anything in them but clutter. */
  emptyFolders: Buffer[];
  /** Pictures passed over since their names begin with a dot. */
  hidden: number;
};

export function nothingFound(): Found {
  return { files: [], leftOut: [], notes: [], emptyFolders: [], hidden: 0 };
}

/** Adds what was found in one place to what was found before; there may be more than a call takes parameters. */
export function addFound(all: Found, found: Found): void {
  for (const part of ['files', 'leftOut', 'notes', 'emptyFolders'] as const) {
    const into: unknown[] = all[part];
    for (const each of found[part]) into.push(each);
  }
  all.hidden += found.hidden;
}
