/** What every metric is: one number about a generator, told with its unit and which way is better. */
import type { MetricEntry } from '../contract/index.ts';
import type { PictureSet } from './picture-set.ts';
import { products } from './products.ts';

/** What a metric looks at. */
export type Compared = {
  /** What G makes of fixed latent points. */
  generated: PictureSet;
  /** Pictures of the data: always the same ones, as many as are generated where there are as many. */
  data: PictureSet;
  /** All pictures trained on, or many of them; `data` are the first of these. */
  training?: PictureSet | undefined;
  /** Pictures that are of the data but not trained on. */
  heldOut?: PictureSet | undefined;
};

/** The number, and its standard error where that is known. */
export type Score = { value: number; error?: number };

export type Metric = Omit<MetricEntry, 'unavailable'> & {
  /**
   * checkpoint: it costs less than a step. request: it needs many pictures or a trained network, and takes seconds; a
   * run in training has time for it now and then.
   */
  every: 'checkpoint' | 'request';
  /** Whether it can be measured on these. */
  needs(sets: Compared): boolean;
  /** What takes long of measuring, in pieces that may tell how many pictures were seen; without it, all is done at once. */
  prepare?(sets: Compared): Generator<number | undefined>;
  measure(sets: Compared): Score;
};

/** The need of a metric that compares features of a trained network. */
export const trainedFeatures = ({ data, generated }: Compared): boolean =>
  data.canBeSeen && data.count > 1 && generated.count > 1;

/** What metrics on features of a trained network have in common. */
export const onTrainedFeatures = {
  unit: '',
  every: 'request',
  needs: trainedFeatures,
  *prepare({ generated, data }: Compared) {
    for (const set of [generated, data]) yield* set.see();
    const [ours, theirs] = [generated.features, data.features];
    for (const [a, b] of [
      [ours, ours],
      [theirs, theirs],
      [ours, theirs],
    ] as const)
      yield* products.inPieces(a, b);
  },
} as const satisfies Partial<Metric>;
