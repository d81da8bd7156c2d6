/** Metrics: numbers that say how a generator does. */
export { featureMoments, momentsDistance, randomFeatureDistance, spread, type Images, type Moments } from './random-features.ts';
