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

/** What samples are compared with. */
export type Judges = {
  network: FeatureNetwork;
  /** Pictures trained on, among which copies are looked for. */
  training: PictureSet;
  /** Pictures that nobody trained on. */
  heldOut: PictureSet;
};

const DIGITS = 4;
/** Enough to find copies in a small set; in a large one copies are rare. */
const MOST_TRAINED = 1000;

export function judges(trained: Images, heldOut: Images, network: FeatureNetwork): Judges {
  const training = new PictureSet(trained, network);
  return {
    network,
    training: training.slice(0, Math.min(training.count, MOST_TRAINED)),
    heldOut: new PictureSet(heldOut, network),
  };
}

/** Scores of the samples, as they are written down. */
export function judge(samples: Images, { network, training, heldOut }: Judges): Scores {
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
