/** Takes every metric of a run, on fixed images of its data and the generator's images of fixed points. */
import type { Dataset } from '../datasets/index.ts';
import { drawPoints, generate, type Model } from '../explore/index.ts';
import { METRICS, type Measured, type Samples } from '../metrics/index.ts';

export class Measuring {
  private readonly open: { kind: string; measure: (generated: Samples) => number }[];

  constructor({ size, channels, count, batch }: Pick<Dataset, 'size' | 'channels' | 'count' | 'batch'>) {
    const measured: Measured = {
      size,
      channels,
      count,
      data: (images) => batch({ step: 0, batch: images, seed: 0 }),
    };
    this.open = METRICS.filter((metric) => metric.needs(measured)).map((metric) => ({
      kind: metric.kind,
      measure: metric.open(measured),
    }));
  }

  /** By the kind of metric. */
  of(model: Model): Record<string, number> {
    const generated: Samples = (count) =>
      generate(model, drawPoints(model.latent, { seed: 0, stream: 'latent', step: 1 }, count));
    return Object.fromEntries(this.open.map(({ kind, measure }) => [kind, measure(generated)]));
  }
}
