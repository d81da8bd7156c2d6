/**
 * Pictures that a run does not train on, so that metrics can tell whether it copies. Each picture's own content and the
 * run's seed say whether it is one: pictures that come, go, move or are renamed change nothing for the others, and equal
 * pictures stay together.
 */
import { hashOf } from './content.ts';

/** A smaller set is trained on as a whole. */
const FEWEST_PICTURES = 1000;
const SHARE = 0.1;
/** More tell metrics nothing new. */
const MOST_PICTURES = 500;
const WORD_DIGITS = 8;
const WORDS = 2 ** 32;

/** What is held out of a data set, as a run's settings keep it; old runs hold nothing out. */
export type HeldOut = {
  /** In [0, 1): of all pictures about so many. */
  share: number;
  seed: number;
};

/** The share that a new run holds out of so many pictures: a tenth, some 500 at most; none of fewer than 1,000. */
export function usualShare(pictures: number): number {
  return pictures < FEWEST_PICTURES ? 0 : Math.min(SHARE, MOST_PICTURES / pictures);
}

/** Whether the picture whose prepared pixels have this hash is held out. */
export function isHeldOut(hash: string, { share, seed }: HeldOut): boolean {
  const word = parseInt(hashOf(`held out ${seed} ${hash}`).slice(0, WORD_DIGITS), 16);
  return word < share * WORDS;
}

/** The numbers of pictures with these hashes, in their order: trained on, and held out. */
export function heldApart(
  hashes: readonly string[],
  heldOut: HeldOut,
): Record<'trained' | 'heldOut', number[]> {
  const apart: Record<'trained' | 'heldOut', number[]> = { trained: [], heldOut: [] };
  hashes.forEach((hash, place) => apart[isHeldOut(hash, heldOut) ? 'heldOut' : 'trained'].push(place));
  return apart;
}
