/**
 * The catalogue of metrics, each of them one number about a generator, computed from sets of pictures alone.
 * They know no run, no model and no other catalogue. To add one, add a file here and a line in METRICS.
 */
import { copies } from './copies.ts';
import { coverage, density } from './density-coverage.ts';
import { distance } from './distance.ts';
import { kid } from './kid.ts';
import type { Metric } from './metric.ts';
import { precision, recall } from './precision-recall.ts';
import { variety } from './variety.ts';

export type { Compared, Metric, Score } from './metric.ts';

/** In the order in which they are shown. */
export const METRICS: readonly Metric[] = [
  distance,
  kid,
  precision,
  recall,
  density,
  coverage,
  variety,
  copies,
];

/** The metrics that a run measures whenever it saves a checkpoint. */
export const AT_CHECKPOINTS: readonly Metric[] = METRICS.filter(({ every }) => every === 'checkpoint');

export { chequering } from './chequering.ts';
export {
  classifierScore,
  trainClassifier,
  type Classifier,
  type ClassifierScore,
  type Labelled,
} from './classifier.ts';
export { FALSE_COPIES, nearestTrained, type NearestTrained } from './copies.ts';
export { hasEfficientNet, openEfficientNet, type FeatureNetwork } from './efficientnet.ts';
export { distance } from './distance.ts';
export { energyDistance } from './energy-distance.ts';
export { frechetDistance } from './frechet.ts';
export { nearest, type Nearest } from './nearest.ts';
export { PictureSet } from './picture-set.ts';
export { sharedEfficientNet } from './shared-network.ts';
export { featuresOf, randomFeatureDistance, spread } from './random-features.ts';
export { imagesIn, type Images, type Rows } from './rows.ts';
