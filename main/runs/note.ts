/** A person's note on a run, kept in note.txt. */
import path from 'node:path';
import { writeWhole } from './files.ts';
import { readInside } from './inside.ts';

const NOTE = 'note.txt';

/** Empty if there is no note. Throws StudioError `run-unsafe`. */
export function readNote(folder: string): string {
  return readInside(folder, NOTE)?.toString('utf8') ?? '';
}

/** Throws StudioError `not-written`. */
export function writeNote(folder: string, note: string): void {
  writeWhole(path.join(folder, NOTE), note);
}
