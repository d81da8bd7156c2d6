/** The quick measurement of a run: every cheap metric, and the signs that its health is judged by. */
import type { Signs } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { drawPoints, generate, type Model } from '../explore/index.ts';
import { AT_CHECKPOINTS, distance, PictureSet, spread, type Score } from '../metrics/index.ts';
import { tf } from '../tensor.ts';
import type { Batch } from './drawn.ts';
import type { Session } from './session.ts';
import { shareRight } from './share-right.ts';

const MOST_IMAGES = 128;
const POINTS = 1000;

type MeasuredData = Pick<Dataset, 'size' | 'channels' | 'count' | 'batch'>;

export type QuickMeasurement = {
  /** By the kind of metric. */
  scores: Record<string, Score>;
  signs: Signs;
};

export class QuickMeasuring {
  /** A batch that D judges, always the same one; if undefined, D judges nothing. */
  judged: Batch | undefined;
  /** A batch of held-out pictures that D judges too. */
  unseen: Batch | undefined;
  private readonly dataset: MeasuredData;
  private readonly images: number;
  private data: { set: PictureSet; spread: number } | undefined;

  constructor(dataset: MeasuredData) {
    this.dataset = dataset;
    this.images = dataset.channels === 2 ? POINTS : Math.min(MOST_IMAGES, dataset.count);
  }

  /** Measures the session on fixed pictures of the data set and G's pictures of fixed points. */
  of(session: Session): QuickMeasurement {
    if (this.images === 0) return { scores: {}, signs: {} };
    const sets = { generated: this.made(session.model), data: this.dataOnce().set };
    const scores = AT_CHECKPOINTS.filter((metric) => metric.needs(sets)).map(
      ({ kind, measure }) => [kind, measure(sets)] as const,
    );
    return { scores: Object.fromEntries(scores), signs: this.signsOf(session, sets) };
  }

  private signsOf(session: Session, sets: { generated: PictureSet; data: PictureSet }): Signs {
    const data = this.dataOnce();
    const right = this.judged && shareRight(session, this.judged);
    const heldOut = right && this.unseen && shareRight(session, this.unseen);
    return {
      ...(right && { realRight: right.real, fakeRight: right.fake }),
      ...(heldOut && { heldOutRight: heldOut.real }),
      ...(data.spread > 0 && { variety: spread(sets.generated.images) / data.spread }),
      ...(session.config.averaging > 0 && {
        // Before the first step, averaged weights are the current ones.
        currentDistance: session.step === 0 ? distance.measure(sets).value : this.currentDistance(session),
      }),
    };
  }

  private currentDistance(session: Session): number {
    const model = session.currentModel();
    try {
      return distance.measure({ generated: this.made(model), data: this.dataOnce().set }).value;
    } finally {
      tf.dispose(model.weights);
    }
  }

  private dataOnce(): { set: PictureSet; spread: number } {
    if (this.data) return this.data;
    const set = this.setOf(this.dataset.batch({ step: 0, batch: this.images, seed: 0 }));
    return (this.data = { set, spread: this.images > 1 ? spread(set.images) : 0 });
  }

  private made(model: Model): PictureSet {
    const points = drawPoints(model.latent, { seed: 0, stream: 'latent', step: 1 }, this.images);
    return this.setOf(generate(model, points));
  }

  private setOf(numbers: Float32Array): PictureSet {
    const { size, channels } = this.dataset;
    return new PictureSet({ numbers, size, channels });
  }
}
