/** Chooses the cases of a benchmark by name. */
import { chosen } from '../game/index.ts';

/**
 * The cases with these names, in the benchmark's order; all if `names` is empty. Throws StudioError
 * `invalid-input` for an unknown name.
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
