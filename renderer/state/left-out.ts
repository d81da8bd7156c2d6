/** The files that a person has left out of a data set, as an immutable set. */

export type LeftOut = ReadonlySet<string>;

export const leftOutOf = (files: readonly string[]): LeftOut => new Set(files);

/** The set with these files added, or without them. */
export function withLeftOut(before: LeftOut, files: readonly string[], isLeftOut: boolean): LeftOut {
  const next = new Set(before);
  for (const file of files) {
    if (isLeftOut) next.add(file);
    else next.delete(file);
  }
  return next;
}
