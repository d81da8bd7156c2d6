/** The cases of a benchmark that a command line names. */
import { chosen } from '../game/index.ts';

/**
 * Those of these names, in the benchmark's order; all where none is named. Throws StudioError `invalid-input`
 * for a name that is none.
 */
export function named<Case>({
  cases,
  nameOf,
  names,
  what,
}: {
  cases: readonly Case[];
  nameOf: (one: Case) => string;
  names: string[];
  what: string;
}): readonly Case[] {
  const wanted = names.map((name) => chosen({ entries: cases, nameOf, name, what, code: 'invalid-input' }));
  return names.length === 0 ? cases : cases.filter((one) => wanted.includes(one));
}
