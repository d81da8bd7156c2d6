/** Scores the samples of the quality bench, by the same metrics for all rows. */
import {
  chequering,
  frechetDistance,
  METRICS,
  PictureSet,
  type FeatureNetwork,
  type Images,
  type Score,
} from '../metrics/index.ts';
import type { Scores } from './quality-record.ts';

/** The pictures that samples are compared with, and the network for their features. */
export type References = {
  network: FeatureNetwork;
  /** Pictures trained on, to search for copies. */
  training: PictureSet;
  /** Pictures that no row trains on. */
  heldOut: PictureSet;
};

const DIGITS = 4;
/** Enough to find copies in a small set; in a large one copies are rare. */
const MOST_TRAINED = 1000;

export function referencesOf(trained: Images, heldOut: Images, network: FeatureNetwork): References {
  const training = new PictureSet(trained, network);
  return {
    network,
    training: training.slice(0, Math.min(training.count, MOST_TRAINED)),
    heldOut: new PictureSet(heldOut, network),
  };
}

/** The scores of samples, rounded for the record. */
export function scoresAgainst(samples: Images, { network, training, heldOut }: References): Scores {
  const generated = new PictureSet(samples, network);
  const sets = { generated, data: heldOut, heldOut, training };
  const scoreOf = (kind: string): Score => {
    const metric = METRICS.find((each) => each.kind === kind);
    if (!metric) throw new Error(`There is no metric "${kind}".`);
    return metric.measure(sets);
  };
  const valueOf = (kind: string) => rounded(scoreOf(kind).value);
  const { value, error = NaN } = scoreOf('kid');
  return {
    kid: rounded(value),
    kidError: rounded(error),
    frechet: rounded(frechetDistance(generated.features, heldOut.features)),
    precision: valueOf('precision'),
    recall: valueOf('recall'),
    variety: valueOf('variety'),
    copies: valueOf('copies'),
    chequering: rounded(chequering(samples)),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
