/**
 * Moves the files of a run beyond a step that it goes back to into a folder of their own, and deletes
 * nothing. A file that is given up a second time replaces the one of the same name.
 */
import path from 'node:path';
import type { Disk } from './disk.ts';
import { diskFailure } from './files.ts';

type Later = {
  from: string;
  /** The folder that they move to; made if it does not exist. */
  to: string;
  /** With its dot. */
  extension: string;
  step: number;
};

/** The steps of the file names that have one, newest first. */
export function stepsIn(names: readonly string[], extension: string): number[] {
  return names
    .flatMap((name) => (name.endsWith(extension) ? [name.slice(0, -extension.length)] : []))
    .flatMap((name) => /^step-(\d{9,15})$/.exec(name)?.slice(1).map(Number) ?? [])
    .sort((a, b) => b - a);
}

/**
 * Moves the files of later steps, one after another and the newest last: until that rename the newest file is
 * still in place. Throws StudioError `not-written`; files that have moved by then stay in `to`.
 */
export function moveLater({ from, to, extension, step }: Later, disk: Disk): void {
  const later = stepsIn(disk.list(from), extension).filter((each) => each > step);
  const syncBoth = () => {
    disk.syncFolder(to);
    disk.syncFolder(from);
  };
  for (const each of later.reverse()) {
    const isNewest = each === later.at(-1);
    const name = `${stepName(each)}${extension}`;
    const target = path.join(to, name);
    try {
      disk.makeFolder(to);
      // The other moves are on the disk before the newest moves. A power cut leaves each file in at least one
      // folder.
      if (isNewest) syncBoth();
      disk.rename(path.join(from, name), target);
      if (isNewest) syncBoth();
    } catch (error) {
      throw diskFailure(error, target);
    }
  }
}

/** A step as a file name, padded so that names sort as their steps do. */
export function stepName(step: number): string {
  return `step-${String(step).padStart(9, '0')}`;
}
