/** Takes every metric of a run, on fixed images of its data and the generator's images of fixed points. */
import type { Dataset } from '../datasets/index.ts';
import { drawPoints, generate, type Model } from '../explore/index.ts';
import { AT_CHECKPOINTS, PictureSet } from '../metrics/index.ts';

const MOST_IMAGES = 128;
const POINTS = 1000;

type Measured = Pick<Dataset, 'size' | 'channels' | 'count' | 'batch'>;

export class Measuring {
  private readonly dataset: Measured;
  private readonly images: number;
  private data: PictureSet | undefined;

  constructor(dataset: Measured) {
    this.dataset = dataset;
    this.images = dataset.channels === 2 ? POINTS : Math.min(MOST_IMAGES, dataset.count);
  }

  /** By the kind of metric. */
  of(model: Model): Record<string, number> {
    if (this.images === 0) return {};
    const points = drawPoints(model.latent, { seed: 0, stream: 'latent', step: 1 }, this.images);
    this.data ??= this.setOf(this.dataset.batch({ step: 0, batch: this.images, seed: 0 }));
    const sets = { generated: this.setOf(generate(model, points)), data: this.data };
    return Object.fromEntries(
      AT_CHECKPOINTS.filter((metric) => metric.needs(sets)).map(({ kind, measure }) => [
        kind,
        measure(sets).value,
      ]),
    );
  }

  private setOf(numbers: Float32Array): PictureSet {
    const { size, channels } = this.dataset;
    return new PictureSet({ numbers, size, channels });
  }
}
