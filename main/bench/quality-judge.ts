/** What the quality bench says of samples: all numbers by the same metrics, whoever made them. */
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

export type Judged = {
  samples: Images;
  /** Pictures trained on, among which copies are looked for. */
  trained: Images;
  /** Pictures that nobody trained on: samples are compared with them. */
  heldOut: Images;
  network: FeatureNetwork;
};

const DIGITS = 4;
/** Enough to find copies in a small set; in a large one copies are rare. */
const MOST_TRAINED = 1000;

/** Scores of the samples, as they are written down. */
export function judge({ samples, trained, heldOut, network }: Judged): Scores {
  const generated = new PictureSet(samples, network);
  const data = new PictureSet(heldOut, network);
  const training = new PictureSet(trained, network);
  const sets = { generated, data, heldOut: data, training: training.slice(0, Math.min(training.count, MOST_TRAINED)) };
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
    frechet: rounded(frechetDistance(generated.features, data.features)),
    precision: valueOf('precision'),
    recall: valueOf('recall'),
    variety: valueOf('variety'),
    copies: valueOf('copies'),
    chequering: rounded(chequering(samples)),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(DIGITS));
