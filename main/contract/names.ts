/** Names of runs: no two runs carry the same one, whatever their case. */

/** The most characters in a run's name. */
export const LONGEST_NAME = 120;

/** Whether two names are the same to a person who reads them in a list. */
export function isSameName(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

/**
 * The name if it is free, otherwise the first free one with a number after it: Digits, Digits 2, Digits 3. A
 * number that belongs to the name stays: Batch 64 becomes Batch 64 2, unless there is a run named Batch.
 */
export function freeName(name: string, taken: readonly string[]): string {
  const keys = new Set(taken.map(keyOf));
  const wanted = name.trim();
  if (!keys.has(keyOf(wanted))) return wanted;
  const [, series] = /^(.*\S) \d{1,6}$/.exec(wanted) ?? [];
  const base = series !== undefined && keys.has(keyOf(series)) ? series : wanted;
  for (let number = 2; ; number++) {
    const candidate = numbered(base, number);
    if (!keys.has(keyOf(candidate))) return candidate;
  }
}

/** The base with a number after it, shortened by whole characters to LONGEST_NAME. */
function numbered(base: string, number: number): string {
  const suffix = ` ${number}`;
  const characters = Array.from(base);
  while (characters.join('').length + suffix.length > LONGEST_NAME) characters.pop();
  return `${characters.join('').trimEnd()}${suffix}`;
}

const keyOf = (name: string): string => name.trim().normalize('NFC').toLowerCase();
