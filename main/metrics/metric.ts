/** What every metric is: one number about a generator, told with its unit and which way is better. */
import type { MetricEntry } from '../contract/index.ts';

/** Of the data, and of what a generator makes of fixed latent points. */
export type Samples = {
  /**
   * Images, [count, size, size, channels] in [-1, 1]: always the same ones of the data, and those of the same
   * points.
   */
  (count: number): Float32Array;
};

/** What a metric is measured on. */
export type Measured = {
  data: Samples;
  /** Images in the data set. */
  count: number;
  size: number;
  /** 2 for points of the plane. */
  channels: 1 | 2 | 3;
};

export type Metric = MetricEntry & {
  /** How often it is measured. */
  every: 'checkpoint';
  /** What it can be measured on. */
  needs(measured: Measured): boolean;
  /** Made once for a run, so that what is the same in every measurement is computed once. */
  open(measured: Measured): (generated: Samples) => number;
};
