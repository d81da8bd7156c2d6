/** An entry of the window's glossary. */
export type Term = {
  term: string;
  text: string;
  /** Other terms of the glossary. */
  related: readonly string[];
};
