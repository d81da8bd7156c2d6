/**
 * Chooses the pictures that a run does not train on, so that metrics can detect copies. Whether a picture is
 * held out depends on its own content and the run's seed alone: pictures that are added, removed, moved or
 * renamed change nothing for the others, and equal pictures stay together.
 */
import { hashOf, type PictureList } from './content.ts';
import { FEWEST_PICTURES } from './unusable.ts';

const WORD_DIGITS = 8;
const WORDS = 2 ** 32;

/**
 * The indices of the pictures to train on and of those to hold out, which are about this share, in order. At
 * least one picture of each class is trained on, and at least two in all.
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
  hashes.forEach((hash, index) => {
    const last = lastOfClass.get(labels[index]);
    if (last === undefined || rankOf(hash) > rankOf(last)) lastOfClass.set(labels[index], hash);
  });
  // The picture of a class with the highest rank would be held out last; it is always trained on.
  for (const hash of lastOfClass.values()) drawn.delete(hash);
  const trained = () => hashes.filter((hash) => !drawn.has(hash)).length;
  for (const hash of [...drawn].sort((a, b) => (rankOf(a) > rankOf(b) ? -1 : 1))) {
    if (trained() >= FEWEST_PICTURES) break;
    drawn.delete(hash);
  }
  const apart: Record<'trained' | 'heldOut', number[]> = { trained: [], heldOut: [] };
  hashes.forEach((hash, index) => apart[drawn.has(hash) ? 'heldOut' : 'trained'].push(index));
  return apart;
}

function isDrawn(rank: string, share: number): boolean {
  return parseInt(rank.slice(0, WORD_DIGITS), 16) < share * WORDS;
}
