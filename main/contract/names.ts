/** Names of runs: no two alike. */

/** The longest name that a run may have. */
export const LONGEST_NAME = 120;

/** The name itself where no run has it, else with the first number that is free: "Digits", "Digits 2", "Digits 3". */
export function freeName(name: string, taken: readonly string[]): string {
  const known = new Set(taken);
  let free = name.slice(0, LONGEST_NAME);
  for (let number = 2; known.has(free); number++) {
    const ending = ` ${number}`;
    free = `${name.slice(0, LONGEST_NAME - ending.length)}${ending}`;
  }
  return free;
}
