/** What the glossary says of a term. */
export type Term = {
  term: string;
  text: string;
  /** Other terms of the glossary, to read on. */
  related: readonly string[];
};
