/**
 * Detects pictures that were cut short, by zeros at the end of their data, as an interrupted copy leaves
 * them.
 */
import type { Note } from '../contract/index.ts';
import { shareOfZeros, type Header } from './header.ts';
import { Unusable } from './unusable.ts';

/** From this share on, zeros at the end of the data are noted. */
const MUCH_ZERO = 1 / 3;

/** Notes many zeros. Throws Unusable (damaged) if such data cannot end in zeros. */
export function checkZeros(zeros: Header['zeros'], onNote: (note: Note) => void): void {
  if (zeros === undefined) return;
  const percent = Math.round(zeros.share * 100);
  if (zeros.means === 'cut' && zeros.share > 0.05) {
    throw cutAt(percent);
  }
  if (zeros.share < MUCH_ZERO) return;
  onNote({ kind: 'perhaps-cut', detail: `The last ${percent}% of its data is zeros: black, or missing.` });
}

/** The most zeros in which undamaged data may end. */
const MOST_ZEROS = 16;

/** Checks a file whose end mark is missing. Throws Unusable (damaged) if it ends in zeros. */
export function refuseZerosForEnd(bytes: Buffer): void {
  const share = shareOfZeros(bytes);
  if (share * bytes.length <= MOST_ZEROS) return;
  throw cutAt(Math.ceil(share * 100));
}

function cutAt(percent: number): Unusable {
  const zeros = `The last ${percent}% of its data is zeros`;
  return new Unusable('damaged', `${zeros}: the file was not written to its end.`);
}
