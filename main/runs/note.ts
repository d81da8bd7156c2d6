/** A person's note on a run: note.txt, if there is one. */
import fs from 'node:fs';
import path from 'node:path';
import { writeWhole } from './files.ts';

const NOTE = 'note.txt';

/** Empty without a note. */
export function readNote(folder: string): string {
  const file = path.join(folder, NOTE);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

export function writeNote(folder: string, note: string): void {
  writeWhole(path.join(folder, NOTE), note);
}
