/** D's output in words: how to read it, and what a D does that is an autoencoder or judges pairs. */
import type { Pass, TracedLayer, Trace } from '#main/contract/index.ts';

const NOUNS: Record<Trace['means'], string> = {
  logit: 'a logit of the probability of being real',
  score: 'a score',
  energy: 'an energy',
};

/**
 * D's output and how to read it: "a score: the larger, the more real; only its difference from other scores
 * counts".
 */
export function numberWords({ means, reading }: Pick<Trace, 'means' | 'reading'>): string {
  return `${NOUNS[means]}: ${readingWords(reading)}`;
}

/** How to read D's output, which its loss decides. */
function readingWords(reading: Trace['reading']): string {
  if (reading.of === 'comparison')
    return 'the larger, the more real; only its difference from other scores counts';
  if (reading.of === 'probability') return 'the larger, the more real';
  const { real, fake } = reading;
  if (real === fake) return `D is trained towards ${spelt(real)} for both kinds, so it says nothing`;
  return `the ${real > fake ? 'larger' : 'smaller'}, the more real; D is trained towards ${spelt(real)} for real pictures and ${spelt(fake)} for fakes`;
}

/** A number with a real minus sign, and with four decimals unless it is whole. */
export const spelt = (value: number): string =>
  (Number.isInteger(value) ? String(value) : value.toFixed(4)).replace('-', '−');

/** What D's output is called: "logit", "score" or "energy". */
export const numberName = ({ means }: Pick<Trace, 'means'>): string => means;

/** The plural: "logits", "scores" or "energies". */
export const numberNames = ({ means }: Pick<Trace, 'means'>): string =>
  means === 'energy' ? 'energies' : `${means}s`;

/** Kind of the layer of an autoencoder that compares an image with its rebuilding. */
const COMPARES = 'reconstruction-error';

/** The layer of an autoencoder that is the rebuilt image; undefined for any other D. */
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

/** What a layer does in an autoencoder; empty for most layers, and for any other D. */
export function rebuildingWords(pass: Pick<Pass, 'layers'>, layer: TracedLayer): string {
  if (layer === rebuiltIn(pass))
    return 'This is the picture as D rebuilds it: D is an autoencoder, whose first layers compress a picture to a short code and whose last layers rebuild the picture from it.';
  return layer.kind === COMPARES
    ? 'D is an autoencoder: its energy is the difference between the picture and its rebuilding.'
    : '';
}

/** The code or latent point beside an image, for a D that judges pairs. */
export function pairWords({ on }: Pick<Pass, 'on'>): string {
  if (on === 'real')
    return 'The code that E found for the real picture. D judges the two as a pair: a picture and its code.';
  if (on === 'fake')
    return 'The z from which G made the fake. D judges the two as a pair: a picture and its code.';
  return 'The code that belongs to the picture: D judges pairs.';
}

const isAlike = (one: TracedLayer, other: TracedLayer): boolean =>
  one.kind !== 'input' && one.value.shape.join() === other.value.shape.join();
