/** A person's note on a run: note.txt, if there is one. */
import path from 'node:path';
import { writeWhole } from './files.ts';
import { readInside } from './inside.ts';

const NOTE = 'note.txt';

/** Empty without a note. Throws StudioError `run-unsafe`. */
export function readNote(folder: string): string {
  return readInside(folder, NOTE)?.toString('utf8') ?? '';
}

export function writeNote(folder: string, note: string): void {
  writeWhole(path.join(folder, NOTE), note);
}
