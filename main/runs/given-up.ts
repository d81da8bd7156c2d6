/**
 * What a run holds beyond a step that it goes back to: it moves to a folder of its own, and nothing is deleted. What is
 * given up a second time takes the place of what has the same name there.
 */
import path from 'node:path';
import type { Disk } from './disk.ts';
import { diskFailure } from './files.ts';

type Later = {
  from: string;
  /** The folder that they move to, made where it is not there. */
  to: string;
  /** Of the files, with its dot. */
  extension: string;
  step: number;
};

/** Steps of the files named after one, newest first. */
export function stepsIn(names: readonly string[], extension: string): number[] {
  return names
    .flatMap((name) => (name.endsWith(extension) ? [name.slice(0, -extension.length)] : []))
    .flatMap((name) => /^step-(\d{9,15})$/.exec(name)?.slice(1).map(Number) ?? [])
    .sort((a, b) => b - a);
}

/**
 * Moves the files of later steps, one after another and the newest last: until its own rename the newest is what it was.
 * Throws StudioError `not-written`; what has moved by then stays there.
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
      // The others last before the newest moves. A power cut leaves each in one of the two folders, or in both.
      if (isNewest) syncBoth();
      disk.rename(path.join(from, name), target);
      if (isNewest) syncBoth();
    } catch (error) {
      throw diskFailure(error, target);
    }
  }
}

/** A step as file names have it: they sort as their steps do. */
export function stepName(step: number): string {
  return `step-${String(step).padStart(9, '0')}`;
}
