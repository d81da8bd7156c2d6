/** How many pictures a new run holds out: set-up says it beforehand, and the run's settings keep the share. */

/** A smaller set is trained on as a whole. */
export const FEWEST_TO_HOLD_OUT_OF = 1000;
/** More tell metrics nothing new. */
const MOST_HELD_OUT = 500;

/** The share that a new run holds out of so many pictures: as asked, some 500 at most, none of fewer than 1,000. */
export function shareHeldOut(asked: number, pictures: number): number {
  return pictures < FEWEST_TO_HOLD_OUT_OF ? 0 : Math.min(asked, MOST_HELD_OUT / pictures);
}
