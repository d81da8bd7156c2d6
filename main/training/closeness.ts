/** How near a run's samples are to its data, from fixed points and fixed images: tells the best checkpoint. */
import type { RunConfig } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { drawPoints, generate, type Generator } from '../explore/index.ts';
import {
  energyDistance,
  featureMoments,
  momentsDistance,
  type Images,
  type Moments,
} from '../metrics/index.ts';

const MOST_IMAGES = 128;
const POINTS = 1000;

export class Closeness {
  private readonly dataset: Dataset;
  private data: Moments | undefined;

  constructor(dataset: Dataset) {
    this.dataset = dataset;
  }

  /** Distance in random features, or for points of the plane in the plane; smaller is nearer. */
  of(generator: Generator, config: RunConfig): number {
    const { size, channels, count } = this.dataset;
    if (channels === 2)
      return energyDistance(
        samples(generator, config, POINTS),
        this.dataset.batch({ step: 0, batch: POINTS, seed: 0 }),
      );
    const images = Math.min(MOST_IMAGES, count);
    const shaped = (numbers: Float32Array): Images => ({ numbers, size, channels });
    this.data ??= featureMoments(shaped(this.dataset.batch({ step: 0, batch: images, seed: 0 })));
    return momentsDistance(featureMoments(shaped(samples(generator, config, images))), this.data);
  }
}

/** Images of fixed points. */
function samples(generator: Generator, { z }: RunConfig, count: number): Float32Array {
  return generate(generator, drawPoints(z, { seed: 0, stream: 'latent', step: 1 }, count));
}
