/** Splits a formula into pieces to typeset: variables in italics, the rest upright. */

/**
 * The pieces of a formula, in order. `isLetter`: a name of one letter, with or without an index, which is a
 * variable; a longer name is a function.
 */
export function piecesOf(formula: string): { text: string; isLetter: boolean }[] {
  return formula
    .split(/(\p{L}+)/u)
    .filter(Boolean)
    .map((text) => ({ text, isLetter: /^\p{L}\p{Lm}*$/u.test(text) }));
}
