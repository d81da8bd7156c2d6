/**
 * Whether G copies pictures that it was trained on. The rule: a sample is a copy where the picture nearest to it is no
 * farther than for the nearest 5% of held-out pictures, both in pixels and in features of a trained network. Pixels
 * alone would take every smooth sample for a copy, features alone every picture of one kind.
 */
import { trainedFeatures, type Compared, type Metric } from './metric.ts';
import { nearest, quantileOf, type Nearest } from './nearest.ts';

/** Of pictures that nobody copied, at most so many count as copies. */
export const FALSE_COPIES = 0.05;

export const copies: Metric = {
  kind: 'copies',
  label: 'Copies',
  summary:
    'The share of samples that lie nearer to a picture trained on than 95% of held-out pictures do; about 5% at most where nothing is copied.',
  unit: '',
  better: 'down',
  every: 'request',
  needs: (sets) => trainedFeatures(sets) && (sets.training?.count ?? 0) > 1,
  measure(sets) {
    const found = nearestTrained(sets);
    return { value: found.filter(({ isCopy }) => isCopy).length / found.length };
  },
};

/** The picture trained on that is nearest to a sample, in pixels and in features. */
export type NearestTrained = { pixels: Nearest; features: Nearest; isCopy: boolean };

/**
 * For each sample. Where no pictures are held out, those trained on stand in for them, each beside all others: a set with
 * doubles then has a stricter bound.
 */
export function nearestTrained({ generated, training, heldOut }: Compared): NearestTrained[] {
  if (!training) throw new Error('To find copies, give the pictures that were trained on.');
  const judged = (by: 'pixels' | 'features') => {
    const found = nearest(generated[by], training[by]);
    const usual = heldOut
      ? nearest(heldOut[by], training[by])
      : nearest(training[by], training[by], 'itself');
    const bound = quantileOf(usual.map(distanceOf), FALSE_COPIES);
    return found.map((each) => ({ ...each, isClose: each.distance <= bound }));
  };
  const byFeatures = judged('features');
  return judged('pixels').flatMap((pixels, sample) => {
    const features = byFeatures[sample];
    return features ? { pixels, features, isCopy: pixels.isClose && features.isClose } : [];
  });
}

const distanceOf = ({ distance }: Nearest): number => distance;
