/** Metrics: numbers that say how a generator does. */
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
