/**
 * The distance of a run's samples to its data: in random features or, for points of the plane, in the plane.
 * It chooses the best checkpoint if `measuring.best` says so, or if the metric that it names cannot be
 * measured.
 */
import { energyDistance } from './energy-distance.ts';
import type { Metric } from './metric.ts';
import { momentsDistance } from './random-features.ts';

export const distance: Metric = {
  kind: 'distance',
  label: 'Distance to the data',
  summary:
    'How far samples are from the data in random features or, for points, in the plane. Measured at every checkpoint.',
  unit: '',
  better: 'down',
  every: 'checkpoint',
  needs: ({ data }) => data.count > 0,
  measure: ({ generated, data }) => ({
    value:
      data.images.channels === 2
        ? energyDistance(generated.images.numbers, data.images.numbers)
        : momentsDistance(generated.randomMoments, data.randomMoments),
  }),
};
