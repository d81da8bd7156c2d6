/** A metric is one number about a generator, with its unit and whether up or down is better. */
import type { MetricEntry } from '../contract/index.ts';
import type { PictureSet } from './picture-set.ts';
import { products } from './products.ts';

/** The sets of pictures that a metric compares. */
export type Compared = {
  /** What G makes of fixed latent points. */
  generated: PictureSet;
  /** Pictures of the data set: always the same ones, as many as are generated if there are enough. */
  data: PictureSet;
  /** All pictures trained on, or many of them; `data` are the first of these. */
  training?: PictureSet | undefined;
  /** Pictures that are of the data but not trained on. */
  heldOut?: PictureSet | undefined;
};

/** The number, and its standard error if that is known. */
export type Score = { value: number; error?: number };

export type Metric = Omit<MetricEntry, 'unavailable'> & {
  /**
   * checkpoint: it costs less than a step. request: it needs many pictures or a trained network, and takes
   * seconds; a run in training measures it only now and then.
   */
  every: 'checkpoint' | 'request';
  /** Whether these sets are enough to measure it. */
  needs(sets: Compared): boolean;
  /**
   * The slow part of measuring, in pieces; each may yield how many pictures' features it computed. Left out,
   * `measure` does all at once.
   */
  prepare?(sets: Compared): Generator<number | undefined>;
  measure(sets: Compared): Score;
};

/** `needs` of a metric that compares features of a trained network. */
export const trainedFeatures = ({ data, generated }: Compared): boolean =>
  data.hasNetwork && data.count > 1 && generated.count > 1;

/** What metrics on features of a trained network have in common. */
export const onTrainedFeatures = {
  unit: '',
  every: 'request',
  needs: trainedFeatures,
  *prepare({ generated, data }: Compared) {
    for (const set of [generated, data]) yield* set.computeFeatures();
    const [ours, theirs] = [generated.features, data.features];
    for (const [a, b] of [
      [ours, ours],
      [theirs, theirs],
      [ours, theirs],
    ] as const)
      yield* products.inPieces(a, b);
  },
} as const satisfies Partial<Metric>;
