/**
 * The recipe: 500 samples of fixed z, compared with pictures of the data that are always the same. Long work
 * is done in pieces of some tenths of a second, which yield how many pictures they covered.
 */
import type { RunConfig } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { drawPoints, generate, sizeOf, type Model } from '../explore/index.ts';
import {
  METRICS,
  PictureSet,
  type Compared,
  type FeatureNetwork,
  type Images,
  type Metric,
  type Score,
} from '../metrics/index.ts';
import { randomUniform } from '../random.ts';
import { heldOutOf, picturesOf, type DrawnPictures } from './pictures-of.ts';

const SAMPLES = 500;
/**
 * The most pictures trained on that are searched for copies: enough for a small set; in a large one copies
 * are rare.
 */
const MOST_TRAINED = 1000;
/** How many samples are made at once. */
const AT_ONCE = 32;

type RecipeInput = {
  config: RunConfig;
  dataset: Dataset;
  /** Without it, and for points of the plane, metrics that need it are not measured. */
  network?: FeatureNetwork | undefined;
  /** 500 by default. */
  samples?: number;
};

/** The recipe for one data set, whose pictures are read, and seen by the network, only once. */
export class Recipe {
  readonly samples: number;
  /** Pictures trained on, which are searched for copies; `data` is the first of them. */
  readonly drawn: DrawnPictures;
  readonly training: PictureSet;
  readonly data: PictureSet;
  /** Pictures that are not trained on; undefined if none are held out. */
  readonly heldOut: PictureSet | undefined;
  private readonly network: FeatureNetwork | undefined;
  private readonly classes: number;

  constructor({ config, dataset, network, samples = SAMPLES }: RecipeInput) {
    this.samples = samples;
    this.classes = config.classes.length;
    this.network = dataset.channels === 2 ? undefined : network;
    this.drawn = picturesOf(dataset, Math.max(samples, MOST_TRAINED));
    this.training = this.setOf(this.drawn.images);
    this.data = this.training.slice(0, samples);
    const heldOut = heldOutOf(dataset, samples);
    this.heldOut = heldOut && this.setOf(heldOut.images);
  }

  /** What samples are compared with. */
  get compared(): Omit<Compared, 'generated'> {
    const { training, data, heldOut } = this;
    return { training, data, heldOut };
  }

  /** Samples of the model from fixed z, each class in turn; another `draw` takes other z. */
  *samplesOf(model: Model, draw = 0): Generator<number, PictureSet> {
    const points = drawPoints(model.latent, { seed: draw, stream: 'latent', step: 1 }, this.samples);
    const width = sizeOf(model.latent);
    const { size, channels } = this.drawn.images;
    const length = size ** 2 * channels;
    const numbers = new Float32Array(this.samples * length);
    for (let first = 0; first < this.samples; first += AT_ONCE) {
      const part = points.subarray(first * width, (first + AT_ONCE) * width);
      const classes = Array.from(
        { length: part.length / width },
        (_, index) => (first + index) % Math.max(1, this.classes),
      );
      numbers.set(generate(model, part, classes), first * length);
      yield classes.length;
    }
    return this.setOf({ size, channels, numbers });
  }

  /** As many pictures of uniform noise. */
  noise(): PictureSet {
    const { size, channels } = this.drawn.images;
    const numbers = randomUniform(
      { seed: 0, stream: 'latent', step: 2 },
      this.samples * size ** 2 * channels,
    );
    return this.setOf({ size, channels, numbers });
  }

  /**
   * The scores of these pictures against the data, by the kind of metric; only those that can be measured.
   */
  *scoresOf(generated: PictureSet, metrics = METRICS): Generator<number, Record<string, Score>> {
    return yield* scores({ ...this.compared, generated }, metrics);
  }

  /** The scores of held-out pictures, or of one half of the data against the other if there are none. */
  *heldOutScores(metrics = METRICS): Generator<number, Record<string, Score>> {
    if (this.heldOut) return yield* this.scoresOf(this.heldOut, metrics);
    const half = Math.floor(this.data.count / 2);
    const halves = { data: this.data.slice(0, half), generated: this.data.slice(half, this.data.count) };
    return yield* scores(halves, metrics);
  }

  private setOf(images: Images): PictureSet {
    return new PictureSet(images, this.network);
  }
}

function* scores(sets: Compared, metrics: readonly Metric[]): Generator<number, Record<string, Score>> {
  const found: Record<string, Score> = {};
  const measured = metrics.filter((metric) => metric.needs(sets));
  for (const { kind, prepare, measure } of measured) {
    if (prepare) for (const pictures of prepare(sets)) yield pictures ?? 0;
    found[kind] = measure(sets);
    yield sets.generated.count / measured.length;
  }
  return found;
}
