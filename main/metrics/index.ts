/**
 * Metrics: numbers that say how a generator does. To add one that runs measure: a new file here and a line in
 * METRICS.
 */
import { distance } from './distance.ts';
import type { Metric } from './metric.ts';

export type { Measured, Metric, Samples } from './metric.ts';

/** What a run measures of itself. */
export const METRICS: readonly Metric[] = [distance];

export {
  classifierScore,
  trainClassifier,
  type Classifier,
  type ClassifierScore,
  type Labelled,
} from './classifier.ts';
export { nearest, shareBelow, type Nearest } from './nearest.ts';
export {
  featureMoments,
  momentsDistance,
  randomFeatureDistance,
  spread,
  type Images,
  type Moments,
} from './random-features.ts';
export { energyDistance } from './energy-distance.ts';
