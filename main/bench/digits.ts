/**
 * Checks whether each GAN and technique learns the digits within minutes: trains it as recommended, and
 * scores its samples with a classifier of our own.
 */
import { DEFAULT_RUN_CONFIG, withRecommended, type Choice, type RunConfig } from '../contract/index.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import { drawPoints, generate, useOf } from '../explore/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { ganOf, GANS } from '../gans/index.ts';
import { classifierScore, trainClassifier, type Classifier, type ClassifierScore } from '../metrics/index.ts';
import { completeConfig, Session } from '../training/index.ts';
import { rebuildingRank, withheld, type Split } from './held-out.ts';
import { named } from './named.ts';

/** A GAN, and what the row changes in its recommended settings. */
type Row = {
  case: string;
  gan: string;
  options?: Record<string, unknown>;
  loss?: string;
  stabiliser?: string;
};

/** Options for a D that does not mix the images of a batch. */
const APART = { normalisation: 'layer' };

const TECHNIQUES: Row[] = [
  ...['minimax', 'two-node', 'relativistic-average'].map((loss) => ({ case: loss, gan: 'dcgan', loss })),
  ...[
    'label-smoothing',
    'feature-matching',
    'minibatch-discrimination',
    'historical-averaging',
    'virtual-batch-norm',
  ].map((stabiliser) => ({ case: stabiliser, gan: 'dcgan', stabiliser })),
  { case: 'r1', gan: 'dcgan', options: APART, stabiliser: 'r1' },
  { case: 'sngan-residual', gan: 'sngan', options: { blocks: 'residual', width: 8 } },
];

/** Every GAN of the catalogue as it recommends, and techniques on top of one. */
const ROWS: Row[] = [...GANS.map(({ kind }) => ({ case: kind, gan: kind })), ...TECHNIQUES];

const SAMPLES = 1000;
const CHECK_SECONDS = 20;
const EPOCHS = 5;
/** Training of a row ends once all of these are reached. */
const AIM = { classes: 10, confidence: 0.8, rebuilding: 0.9 };
/** Digits that no row trains on. */
const HELD_OUT = 1000;

export type DigitsFigure = ClassifierScore & {
  case: string;
  gan: string;
  loss: string;
  stabilisers: string[];
  steps: number;
  seconds: number;
  /** Only for GANs that rebuild pictures: see `rebuildingRank`. */
  rebuilding?: number;
};
export type AccuracyFigure = { case: 'classifier'; accuracy: number; seconds: number };

/**
 * Trains each row for at most `minutes`. `only`: names of rows; empty means all. Throws StudioError
 * `invalid-input` for an unknown name.
 */
export async function* benchDigits({
  minutes,
  only,
  folders,
  decoders,
}: {
  minutes: number;
  only: string[];
  folders: Folders;
  decoders: Decoders;
}): AsyncGenerator<DigitsFigure | AccuracyFigure> {
  const rows = named({ cases: ROWS, nameOf: (row) => row.case, names: only, what: 'row' });
  const dataset = await openDataset({ ...DEFAULT_RUN_CONFIG.dataset, folders, decoders });
  const start = performance.now();
  const { classifier, accuracy } = await classifierOf(dataset);
  yield { case: 'classifier', accuracy, seconds: secondsSince(start) };
  const split = await withheld(dataset, HELD_OUT);
  for (const row of rows) {
    const config = configOf(
      row,
      dataset.summary.classes.map(({ name }) => name),
    );
    const reached = await trainUntilAim({ config, dataset, split, classifier, seconds: minutes * 60 });
    yield {
      case: row.case,
      gan: config.gan.kind,
      loss: config.loss.kind,
      stabilisers: config.stabilisers.map(({ kind }) => kind),
      ...reached,
    };
  }
  classifier.dispose();
  dataset.close();
}

function configOf({ gan: kind, options = {}, loss, stabiliser }: Row, classes: string[]): RunConfig {
  const plain = withRecommended(DEFAULT_RUN_CONFIG, ganOf(kind).recommends);
  const added: Choice[] = stabiliser === undefined ? [] : [{ kind: stabiliser, options: {} }];
  return completeConfig({
    ...plain,
    classes,
    gan: { kind, options: { ...plain.gan.options, ...options } },
    loss: loss === undefined ? plain.loss : { kind: loss, options: {} },
    stabilisers: [...plain.stabilisers, ...added],
  });
}

async function trainUntilAim({
  config,
  dataset,
  split,
  classifier,
  seconds,
}: {
  config: RunConfig;
  dataset: Dataset;
  split: Split;
  classifier: Classifier;
  seconds: number;
}): Promise<ClassifierScore & Pick<DigitsFigure, 'steps' | 'seconds' | 'rebuilding'>> {
  const session = new Session(config);
  const start = performance.now();
  const rebuilds = useOf(session.model, 'rebuild') !== undefined;
  const points = drawPoints(session.model.latent, { seed: config.seed, stream: 'latent', step: 0 }, SAMPLES);
  const classes = Array.from({ length: SAMPLES }, (_, image) => image % classifier.classes);
  const shape = { size: dataset.size, channels: dataset.channels };
  let score: ClassifierScore;
  let rebuilding: number | undefined;
  do {
    const check = Math.min(seconds, secondsSince(start) + CHECK_SECONDS);
    while (secondsSince(start) < check) session.takeStep(split.take(session.step, config.batch));
    score = classifierScore(
      classifier.probabilities({ ...shape, numbers: generate(session.model, points, classes) }),
      classifier.classes,
    );
    if (rebuilds) rebuilding = rebuildingRank(session.model, split.heldOut, HELD_OUT);
  } while (secondsSince(start) < seconds && !reachesAim(score, rebuilding));
  const reached = {
    steps: session.step,
    seconds: secondsSince(start),
    ...rounded(score),
    ...(rebuilding === undefined ? {} : { rebuilding: Number(rebuilding.toFixed(3)) }),
  };
  session.dispose();
  return reached;
}

function reachesAim({ classes, confidence }: ClassifierScore, rebuilding = 1): boolean {
  return classes >= AIM.classes && confidence >= AIM.confidence && rebuilding >= AIM.rebuilding;
}

/** A classifier that learns from the class folders of the data set, and its accuracy. */
async function classifierOf(dataset: Dataset): Promise<{ classifier: Classifier; accuracy: number }> {
  const { count, size, channels } = dataset;
  const stream = dataset.stream({ batch: count, seed: 0, from: 0 });
  const { images: numbers, classes: labels = [] } = await stream.take(0);
  stream.close();
  return trainClassifier(
    { images: { numbers, size, channels }, labels, classes: dataset.summary.classes.length },
    { seed: 0, epochs: EPOCHS },
  );
}

function rounded({ classes, confidence, distance, score }: ClassifierScore): ClassifierScore {
  const three = (value: number) => Number(value.toFixed(3));
  return { classes, confidence: three(confidence), distance: three(distance), score: three(score) };
}

const secondsSince = (start: number): number => Number(((performance.now() - start) / 1000).toFixed(1));
