/**
 * Whether G copies pictures that it was trained on. Each sample has a share: its distance in pixels to the
 * nearest training picture, divided by the mean distance to the 50 nearest. It is a copy if its share is no
 * larger than the 5% quantile of the shares of held-out pictures. The distance alone would not do: a smooth
 * sample is near to all pictures, and a copy with faint noise on it is far from its original.
 *
 * Carlini et al. 2023, Extracting training data from diffusion models, section 4, use the same share.
 */
import { trainedFeatures, type Compared, type Metric } from './metric.ts';
import { nearest, nearestInPieces, quantileOf, type Nearest } from './nearest.ts';
import { OncePerPair } from './once-per-pair.ts';
import type { PictureSet } from './picture-set.ts';

/** The share of uncopied pictures that count as copies. */
export const FALSE_COPIES = 0.05;

export const copies: Metric = {
  kind: 'copies',
  label: 'Copies',
  summary:
    'The share of samples that lie unusually close to one training picture: closer, compared with the next nearest, than 95% of held-out pictures do. About 0.05 if nothing is copied.',
  unit: '',
  better: 'down',
  every: 'request',
  needs: (sets) => trainedFeatures(sets) && (sets.training?.count ?? 0) > 2,
  *prepare(sets) {
    const training = trainedOf(sets);
    yield* nearestInPixels.inPieces(sets.generated, training);
    yield* boundOf.inPieces(sets.heldOut ?? training, training);
  },
  measure(sets) {
    const found = copiesAmong(sets);
    return { value: found.filter(({ isCopy }) => isCopy).length / found.length };
  },
};

/** The training picture that is nearest to a sample, in pixels and in features. */
export type NearestTrained = { pixels: Nearest; features: Nearest; isCopy: boolean };

/** The nearest training picture of each sample. Throws without training pictures. */
export function nearestTrained(sets: Compared): NearestTrained[] {
  const found = copiesAmong(sets);
  const byFeatures = nearest(sets.generated.features, trainedOf(sets).features);
  return found.flatMap((copy, sample) => {
    const features = byFeatures[sample];
    return features ? { ...copy, features } : [];
  });
}

function copiesAmong(sets: Compared): Omit<NearestTrained, 'features'>[] {
  const training = trainedOf(sets);
  const bound = boundOf.of(sets.heldOut ?? training, training);
  return nearestInPixels.of(sets.generated, training).map((pixels) => ({
    pixels,
    isCopy: pixels.share <= bound,
  }));
}

function trainedOf({ training }: Compared): PictureSet {
  if (!training) throw new Error('To find copies, give the pictures that were trained on.');
  return training;
}

const nearestInPixels = new OncePerPair((set: PictureSet, others: PictureSet) =>
  nearestInPieces(set.pixels, others.pixels),
);

/**
 * The share up to which a sample counts as a copy, from pictures that nobody copied. Without held-out
 * pictures, training pictures replace them, each compared with all others except its duplicates, which are
 * copies of each other.
 */
const boundOf = new OncePerPair(function* (uncopied: PictureSet, training: PictureSet) {
  const usual =
    uncopied === training
      ? yield* nearestInPieces(training.pixels, training.pixels, 'itself')
      : yield* nearestInPixels.inPieces(uncopied, training);
  const shares = usual.filter(({ distance }) => distance > 0).map(({ share }) => share);
  return shares.length > 0 ? quantileOf(shares, FALSE_COPIES) : 0;
});
