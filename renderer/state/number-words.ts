/** What D's number says, and what an autoencoder or a judge of pairs is, in plain words. */
import type { Pass, TracedLayer, Trace } from '#main/contract/index.ts';

const NOUNS: Record<Trace['means'], string> = {
  logit: 'a logit of the probability of being real',
  score: 'a score',
  energy: 'an energy',
};

/** "a score: the larger, the more real", "an energy: the smaller, the more real; D is trained …". */
export function numberWords({ means, reading }: Pick<Trace, 'means' | 'reading'>): string {
  return `${NOUNS[means]}: ${readingWords(reading)}`;
}

/** How a number of D that this loss teaches is to be read. */
function readingWords(reading: Trace['reading']): string {
  if (reading.of === 'comparison')
    return 'the larger, the more real; only its difference from other scores counts';
  if (reading.of === 'probability') return 'the larger, the more real';
  const { real, fake } = reading;
  if (real === fake) return `D is trained towards ${spelt(real)} for both kinds, so it says nothing`;
  return `the ${real > fake ? 'larger' : 'smaller'}, the more real; D is trained towards ${spelt(real)} for real pictures and ${spelt(fake)} for fakes`;
}

/** With a minus sign, and four decimals where it is no whole number. */
export const spelt = (value: number): string =>
  (Number.isInteger(value) ? String(value) : value.toFixed(4)).replace('-', '−');

/** "logit", "score" or "energy". */
export const numberName = ({ means }: Pick<Trace, 'means'>): string => means;

/** "logits", "scores", "energies". */
export const numberNames = ({ means }: Pick<Trace, 'means'>): string =>
  means === 'energy' ? 'energies' : `${means}s`;

/** An autoencoder's layer that compares an image with its rebuilding. */
const COMPARES = 'reconstruction-error';

/** The layer of an autoencoder that makes the image anew; undefined for a D that is none. */
export function rebuiltIn({ layers }: Pick<Pass, 'layers'>): TracedLayer | undefined {
  const end = layers.findIndex(({ kind }) => kind === COMPARES);
  const image = layers.find(({ kind, name }) => kind === 'input' && name === 'image');
  return (
    image &&
    layers
      .slice(0, Math.max(0, end))
      .reverse()
      .find((layer) => isAlike(layer, image))
  );
}

/** What is to be said of this layer of an autoencoder; nothing of most. */
export function rebuildingWords(pass: Pick<Pass, 'layers'>, layer: TracedLayer): string {
  if (layer === rebuiltIn(pass))
    return 'This is the picture as D rebuilds it: D is an autoencoder, whose first layers compress a picture to a short code and whose last layers rebuild the picture from it.';
  return layer.kind === COMPARES
    ? 'D is an autoencoder: its energy is the difference between the picture and its rebuilding.'
    : '';
}

/** What stands beside an image where D judges pairs. */
export function pairWords({ on }: Pick<Pass, 'on'>): string {
  if (on === 'real')
    return 'The code that E found for the real picture. D judges the two as a pair: a picture and its code.';
  if (on === 'fake')
    return 'The z from which G made the fake. D judges the two as a pair: a picture and its code.';
  return 'The code that belongs to the picture: D judges pairs.';
}

const isAlike = (one: TracedLayer, other: TracedLayer): boolean =>
  one.kind !== 'input' && one.value.shape.join() === other.value.shape.join();
