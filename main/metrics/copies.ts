/**
 * Whether G copies pictures that it was trained on. The rule, in pixels: of each sample the distance to the nearest
 * picture, as a share of the mean distance to the 50 nearest; a copy has a share no larger than the 5% of held-out
 * pictures with the smallest. The share, not the distance: a smooth sample is near to all pictures, and a copy with
 * faint noise on it far from its original.
 *
 * Carlini et al. 2023, Extracting training data from diffusion models, section 4, has the same share.
 */
import { trainedFeatures, type Compared, type Metric } from './metric.ts';
import { nearest, quantileOf, type Nearest } from './nearest.ts';

/** Of pictures that nobody copied, so many count as copies. */
export const FALSE_COPIES = 0.05;

export const copies: Metric = {
  kind: 'copies',
  label: 'Copies',
  summary:
    'The share of samples that are nearer to one picture trained on, beside the next ones, than 95% of held-out pictures are; about 0.05 where nothing is copied.',
  unit: '',
  better: 'down',
  every: 'request',
  needs: (sets) => trainedFeatures(sets) && (sets.training?.count ?? 0) > 2,
  measure(sets) {
    const found = nearestTrained(sets);
    return { value: found.filter(({ isCopy }) => isCopy).length / found.length };
  },
};

/** The picture trained on that is nearest to a sample, in pixels and in features. */
export type NearestTrained = { pixels: Nearest; features: Nearest; isCopy: boolean };

/**
 * For each sample. Where no pictures are held out, those trained on stand in for them, each beside all others, but for
 * doubles, which are copies of each other.
 */
export function nearestTrained({ generated, training, heldOut }: Compared): NearestTrained[] {
  if (!training) throw new Error('To find copies, give the pictures that were trained on.');
  const usual = heldOut
    ? nearest(heldOut.pixels, training.pixels)
    : nearest(training.pixels, training.pixels, 'itself');
  const shares = usual.filter(({ distance }) => distance > 0).map(({ share }) => share);
  const bound = shares.length > 0 ? quantileOf(shares, FALSE_COPIES) : 0;
  const byFeatures = nearest(generated.features, training.features);
  return nearest(generated.pixels, training.pixels).flatMap((pixels, sample) => {
    const features = byFeatures[sample];
    return features ? { pixels, features, isCopy: pixels.share <= bound } : [];
  });
}
