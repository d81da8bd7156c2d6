/**
 * How near a run's samples are to its data: in random features, and for points of the plane in the plane. It
 * tells the best checkpoint.
 */
import { energyDistance } from './energy-distance.ts';
import type { Metric } from './metric.ts';
import { momentsDistance } from './random-features.ts';

export const distance: Metric = {
  kind: 'distance',
  label: 'Distance to the data',
  summary:
    'How far samples are from the data in random features; the checkpoint with the smallest is kept for good.',
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
