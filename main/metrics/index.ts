/** Metrics: numbers that say how a generator does. */
export { randomFeatureDistance, spread, type Images } from './random-features.ts';
