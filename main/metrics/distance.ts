/**
 * How near a run's samples are to its data: in random features, and for points of the plane in the plane. It
 * tells the best checkpoint.
 */
import { energyDistance } from './energy-distance.ts';
import type { Metric } from './metric.ts';
import { featureMoments, momentsDistance, type Moments } from './random-features.ts';

const MOST_IMAGES = 128;
const POINTS = 1000;

export const distance: Metric = {
  kind: 'distance',
  label: 'Distance to the data',
  summary:
    'How far samples are from the data in random features; the checkpoint with the smallest is kept for good.',
  unit: '',
  better: 'down',
  every: 'checkpoint',
  needs: ({ count }) => count > 0,
  open({ data, count, size, channels }) {
    if (channels === 2) return (generated) => energyDistance(generated(POINTS), data(POINTS));
    const images = Math.min(MOST_IMAGES, count);
    const moments = (numbers: Float32Array): Moments => featureMoments({ numbers, size, channels });
    let known: Moments | undefined;
    return (generated) => momentsDistance(moments(generated(images)), (known ??= moments(data(images))));
  },
};
