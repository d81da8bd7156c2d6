/** The glossary for reading: its terms by first letter, narrowed by a search. */
import { TERMS, type Term } from './glossary-terms.ts';

export type Letter = { letter: string; terms: readonly Term[] };

/** The terms that contain each word of the query, in any case, by first letter. */
export function lettersOf(query: string): Letter[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const letters: { letter: string; terms: Term[] }[] = [];
  for (const term of TERMS) {
    const text = `${term.term}\n${term.text}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const letter = term.term.charAt(0).toUpperCase();
    const last = letters.at(-1);
    if (last?.letter === letter) last.terms.push(term);
    else letters.push({ letter, terms: [term] });
  }
  return letters;
}

/** A term as part of an address: "Averaged weights (EMA)" -> "averaged-weights-ema". */
export function anchorOf(term: string): string {
  return term
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
