/**
 * Whether each GAN and technique learns the digits within minutes: trains it as recommended, and asks a
 * classifier of our own what came out.
 */
import { DEFAULT_RUN_CONFIG, withRecommended, type Choice, type RunConfig } from '../contract/index.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import { drawPoints, generate } from '../explore/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { ganOf, GANS } from '../gans/index.ts';
import { classifierScore, trainClassifier, type Classifier, type ClassifierScore } from '../metrics/index.ts';
import { completeConfig, Session } from '../training/index.ts';
import { named } from './named.ts';

/** What a row changes in the GAN's recommended settings. */
type Row = {
  case: string;
  gan: string;
  options?: Record<string, unknown>;
  loss?: string;
  stabiliser?: string;
};

/** D without what mixes the images of a batch. */
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

/** Every GAN of the catalogue as it recommends itself, and techniques on top of one. */
const ROWS: Row[] = [...GANS.map(({ kind }) => ({ case: kind, gan: kind })), ...TECHNIQUES];

const SAMPLES = 1000;
const CHECK_SECONDS = 20;
const EPOCHS = 5;
/** Training on a row ends here. */
const AIM = { classes: 10, confidence: 0.8 };

export type DigitsFigure = ClassifierScore & {
  case: string;
  gan: string;
  loss: string;
  stabilisers: string[];
  steps: number;
  seconds: number;
};
export type AccuracyFigure = { case: 'classifier'; accuracy: number; seconds: number };

/**
 * Trains each row for so many minutes at most. `only`: rows by name, all where it is empty. Throws
 * StudioError `invalid-input` for a name that is none.
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
  for (const row of rows) {
    const config = configOf(row, dataset.summary.classes);
    const reached = await trainUntilAim({ config, dataset, classifier, seconds: minutes * 60 });
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
  classifier,
  seconds,
}: {
  config: RunConfig;
  dataset: Dataset;
  classifier: Classifier;
  seconds: number;
}): Promise<ClassifierScore & { steps: number; seconds: number }> {
  const session = new Session(config);
  const stream = dataset.stream({ batch: config.batch, seed: config.seed, from: 0 });
  const start = performance.now();
  const points = drawPoints(config.z, { seed: config.seed, stream: 'latent', step: 0 }, SAMPLES);
  const told = Array.from({ length: SAMPLES }, (_, image) => image % classifier.classes);
  const shape = { size: dataset.size, channels: dataset.channels };
  let score: ClassifierScore;
  do {
    const check = Math.min(seconds, secondsSince(start) + CHECK_SECONDS);
    while (secondsSince(start) < check) session.takeStep(await stream.take(session.step));
    score = classifierScore(
      classifier.probabilities({ ...shape, numbers: generate(session.generator, points, told) }),
      classifier.classes,
    );
  } while (
    secondsSince(start) < seconds &&
    (score.classes < AIM.classes || score.confidence < AIM.confidence)
  );
  const reached = { steps: session.step, seconds: secondsSince(start), ...rounded(score) };
  stream.close();
  session.dispose();
  return reached;
}

/** Learns from the dataset's class folders. */
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
