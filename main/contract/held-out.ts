/** How many pictures a new run holds out: shown before it starts, and recorded as a share in its settings. */

/** A smaller data set is trained on as a whole. */
export const FEWEST_TO_HOLD_OUT_OF = 1000;
/** More would add nothing to the metrics. */
const MOST_HELD_OUT = 500;

/**
 * The share that a new run holds out: `asked`, but at most about 500 pictures, and none of fewer than 1,000.
 */
export function shareHeldOut(asked: number, pictures: number): number {
  return pictures < FEWEST_TO_HOLD_OUT_OF ? 0 : Math.min(asked, MOST_HELD_OUT / pictures);
}
