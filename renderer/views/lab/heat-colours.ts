/**
 * The colours of the plane: what D takes for real is yellow, what it takes for fake is purple, and the page's
 * own paper lies between.
 */
import { blended, type Colour } from '../../parts/number-map.ts';

export type { Colour };
/** Ends and middle of the scale; yellow and purple stay apart for colour-blind people too. */
export type Scale = { fake: Colour; middle: Colour; real: Colour };

/** Share of an end's colour where D is certain: points of that colour must still stand out. */
const STRONGEST = 0.62;

/**
 * Maps D's output to [0, 1]: `fake` becomes 0, `real` 1, and what lies beyond is cut off. 0.5 if both are
 * equal.
 */
export function shareOf(value: number, { real, fake }: { real: number; fake: number }): number {
  if (real === fake) return 0.5;
  return Math.min(1, Math.max(0, (value - fake) / (real - fake)));
}

/** The colour of a share of `shareOf`. */
export function heatColour(share: number, { fake, middle, real }: Scale): Colour {
  return blended(middle, share < 0.5 ? fake : real, Math.abs(2 * share - 1) * STRONGEST);
}
