/**
 * Pictures that a run does not train on, so that metrics can tell whether it copies. Each picture's own content and the
 * run's seed say whether it is one: pictures that come, go, move or are renamed change nothing for the others, and equal
 * pictures stay together.
 */
import { hashOf, type PictureList } from './content.ts';
import { FEWEST_PICTURES } from './unusable.ts';

const WORD_DIGITS = 8;
const WORDS = 2 ** 32;

/**
 * The numbers of the pictures in their order: trained on, and held out, which is about this share of them. At least one
 * picture of each class is trained on, and at least two in all.
 */
export function heldApart(
  { hashes, labels }: Pick<PictureList, 'hashes' | 'labels'>,
  { share, seed }: { share: number; seed: number },
): Record<'trained' | 'heldOut', number[]> {
  const ranks = new Map(hashes.map((hash) => [hash, '']));
  for (const hash of ranks.keys()) ranks.set(hash, hashOf(`held out ${seed} ${hash}`));
  const rankOf = (hash: string) => ranks.get(hash) ?? '';
  const drawn = new Set(hashes.filter((hash) => isDrawn(rankOf(hash), share)));
  const lastOfClass = new Map<number | undefined, string>();
  hashes.forEach((hash, place) => {
    const last = lastOfClass.get(labels[place]);
    if (last === undefined || rankOf(hash) > rankOf(last)) lastOfClass.set(labels[place], hash);
  });
  // The last of a class to be drawn is drawn only where all of them are.
  for (const hash of lastOfClass.values()) drawn.delete(hash);
  const trained = () => hashes.filter((hash) => !drawn.has(hash)).length;
  for (const hash of [...drawn].sort((a, b) => (rankOf(a) > rankOf(b) ? -1 : 1))) {
    if (trained() >= FEWEST_PICTURES) break;
    drawn.delete(hash);
  }
  const apart: Record<'trained' | 'heldOut', number[]> = { trained: [], heldOut: [] };
  hashes.forEach((hash, place) => apart[drawn.has(hash) ? 'heldOut' : 'trained'].push(place));
  return apart;
}

function isDrawn(rank: string, share: number): boolean {
  return parseInt(rank.slice(0, WORD_DIGITS), 16) < share * WORDS;
}
