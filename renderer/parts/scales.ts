/** How many times a saved picture is enlarged: the choices that a person has. */

/** As the name of a choice: "4×". */
type ScaleName = `${number}×`;

export function scaleNamed(scale: number): ScaleName {
  return `${scale}×`;
}

export const SCALES = [1, 2, 4, 8].map((scale) => ({ value: scaleNamed(scale), label: scaleNamed(scale) }));
