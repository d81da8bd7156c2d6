/** A formula as pieces to be set in type. */

/**
 * A formula's letters and the rest of it: a name of one letter, with or without an index, is a variable, a
 * longer one a function.
 */
export function lettersOf(formula: string): { text: string; isLetter: boolean }[] {
  return formula
    .split(/(\p{L}+)/u)
    .filter(Boolean)
    .map((text) => ({ text, isLetter: /^\p{L}\p{Lm}*$/u.test(text) }));
}
