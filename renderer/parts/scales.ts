/** The factors by which a person can enlarge a saved picture. */

/** The name of a choice: "4×". */
type ScaleName = `${number}×`;

export function scaleNamed(scale: number): ScaleName {
  return `${scale}×`;
}

export const SCALES = [1, 2, 4, 8].map((scale) => ({ value: scaleNamed(scale), label: scaleNamed(scale) }));
