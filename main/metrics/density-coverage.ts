/**
 * Density and coverage: like precision and recall, but robust against a few odd samples, because the balls
 * are around the data only.
 *
 * Naeem et al. 2020, Reliable fidelity and diversity metrics for generative models, equations 3 and 4, with
 * its k = 5.
 */
import { inBalls, shareAboveZero } from './balls.ts';
import { onTrainedFeatures, type Metric } from './metric.ts';

const NEIGHBOURS = 5;

export const density: Metric = {
  kind: 'density',
  label: 'Density',
  summary:
    'How densely the data lies around samples, in features of a trained network; about 1 for the data itself (5 nearest neighbours).',
  better: 'up',
  ...onTrainedFeatures,
  measure({ generated, data }) {
    const { around } = inBalls(data.features, generated.features, NEIGHBOURS);
    return { value: around.reduce((sum, balls) => sum + balls, 0) / (NEIGHBOURS * around.length) };
  },
};

export const coverage: Metric = {
  kind: 'coverage',
  label: 'Coverage',
  summary:
    'The share of the data that has a sample near it, in features of a trained network (5 nearest neighbours).',
  better: 'up',
  ...onTrainedFeatures,
  measure: ({ generated, data }) => ({
    value: shareAboveZero(inBalls(data.features, generated.features, NEIGHBOURS).within),
  }),
};
