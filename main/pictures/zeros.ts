/** What zeros at the end of a picture's data say: they are what a copy that broke off leaves. */
import type { Note } from '../contract/index.ts';
import type { Header } from './header.ts';
import { Unusable } from './unusable.ts';

/** From this share on, zeros at the end of the data are worth a word. */
const MUCH_ZERO = 1 / 3;

/** Notes many zeros. Throws Unusable (damaged) where the data cannot end in zeros. */
export function checkZeros(zeros: Header['zeros'], onNote: (note: Note) => void): void {
  if (zeros === undefined) return;
  const percent = Math.round(zeros.share * 100);
  if (zeros.means === 'cut' && zeros.share > 0.05) {
    throw new Unusable('damaged', `The last ${percent}% of its data is zeros: the file was not written to its end.`);
  }
  if (zeros.share < MUCH_ZERO) return;
  onNote({ kind: 'perhaps-cut', detail: `The last ${percent}% of its data is zeros: black, or missing.` });
}
