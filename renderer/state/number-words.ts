/** What D's number says, and what an autoencoder or a judge of pairs is, in plain words. */
import type { Pass, Stage, Walk } from '#main/contract/index.ts';

const NOUNS: Record<Walk['means'], string> = {
  logit: 'a logit of the probability of being real',
  score: 'a score',
  energy: 'an energy',
};

/** "a score: the larger, the more real", "an energy: the smaller, the more real; D is to answer …". */
export function numberWords({ means, reading }: Pick<Walk, 'means' | 'reading'>): string {
  return `${NOUNS[means]}: ${readingWords(reading)}`;
}

/** How a number of D that this loss teaches is to be read. */
function readingWords(reading: Walk['reading']): string {
  if (reading.of === 'comparison')
    return 'the larger, the more real, beside other verdicts; by itself it says nothing';
  if (reading.of === 'probability') return 'the larger, the more real';
  const { real, fake } = reading;
  if (real === fake) return `D is to answer ${spelt(real)} to both kinds, so it tells nothing`;
  return `the ${real > fake ? 'larger' : 'smaller'}, the more real; D is to answer ${spelt(real)} to real images and ${spelt(fake)} to fakes`;
}

/** With a minus sign, and four decimals where it is no whole number. */
export const spelt = (value: number): string =>
  (Number.isInteger(value) ? String(value) : value.toFixed(4)).replace('-', '−');

/** "verdict", or "energy". */
export const numberName = ({ means }: Pick<Walk, 'means'>): string =>
  means === 'energy' ? 'energy' : 'verdict';

/** An autoencoder's layer that compares an image with its rebuilding. */
const COMPARES = 'reconstruction-error';

/** The layer of an autoencoder that makes the image anew; undefined for a D that is none. */
export function rebuiltIn({ stages }: Pick<Pass, 'stages'>): Stage | undefined {
  const end = stages.findIndex(({ kind }) => kind === COMPARES);
  const image = stages.find(({ kind, name }) => kind === 'input' && name === 'image');
  return (
    image &&
    stages
      .slice(0, Math.max(0, end))
      .reverse()
      .find((stage) => isAlike(stage, image))
  );
}

/** What is to be said of this layer of an autoencoder; nothing of most. */
export function rebuildingWords(pass: Pick<Pass, 'stages'>, stage: Stage): string {
  if (stage === rebuiltIn(pass))
    return 'This is the image as D rebuilds it: D is an autoencoder, whose first layers make a short code of an image and whose last ones make the image anew.';
  return stage.kind === COMPARES
    ? 'D is an autoencoder: how far the image is from its rebuilding is its energy.'
    : '';
}

/** What stands beside an image where D judges pairs. */
export function pairWords({ on }: Pick<Pass, 'on'>): string {
  if (on === 'real')
    return 'The code that E found for the real image. D judges the two as a pair: an image and its code.';
  if (on === 'fake')
    return 'The z of which G made the fake. D judges the two as a pair: an image and its code.';
  return 'The code that stands beside the image: D judges pairs.';
}

const isAlike = (one: Stage, other: Stage): boolean =>
  one.kind !== 'input' && one.value.shape.join() === other.value.shape.join();
