/**
 * Precision and recall: how many samples look like the data, and how much of the data the samples cover.
 *
 * Kynkäänniemi et al. 2019, Improved precision and recall metric for assessing generative models, equation 2,
 * with its k = 3.
 */
import { inBalls, shareAboveZero } from './balls.ts';
import { onTrainedFeatures, type Metric } from './metric.ts';

const NEIGHBOURS = 3;

export const precision: Metric = {
  kind: 'precision',
  label: 'Precision',
  summary:
    'The share of samples that lie among the data, in features of a trained network (3 nearest neighbours).',
  better: 'up',
  ...onTrainedFeatures,
  measure: ({ generated, data }) => ({
    value: shareAboveZero(inBalls(data.features, generated.features, NEIGHBOURS).around),
  }),
};

export const recall: Metric = {
  kind: 'recall',
  label: 'Recall',
  summary:
    'The share of the data that lies among the samples, in features of a trained network (3 nearest neighbours).',
  better: 'up',
  ...onTrainedFeatures,
  measure: ({ generated, data }) => ({
    value: shareAboveZero(inBalls(generated.features, data.features, NEIGHBOURS).around),
  }),
};
