/**
 * The recipe: 500 samples of fixed z against pictures of the data. Beside them stand, measured in the same way, pictures
 * that are of the data themselves, samples of an untrained G, and pure noise.
 */
import type { RunConfig } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { drawPoints, generate, type Model } from '../explore/index.ts';
import {
  imagesIn,
  METRICS,
  nearestTrained,
  PictureSet,
  type Compared,
  type FeatureNetwork,
  type Images,
  type NearestTrained,
  type Score,
} from '../metrics/index.ts';
import { randomUniform } from '../random.ts';
import { Session } from '../training/index.ts';
import { picturesOf } from './pictures-of.ts';

const SAMPLES = 500;
/** Enough to find copies in a small set; in a large one copies are rare. */
const MOST_TRAINED = 1000;
/** So many samples are made at once. */
const AT_ONCE = 32;

/**
 * What is measured. Where a run has no held-out pictures, `heldOut` is one half of the data against the other.
 */
export type Subject = 'samples' | 'heldOut' | 'untrained' | 'noise';

export type Quality = {
  samples: number;
  /** Pictures of the data that samples are compared with. */
  images: number;
  /** Pictures trained on among which copies are looked for. */
  trained: number;
  /** Pictures held out; 0 where the halves of the data stand in for them. */
  heldOut: number;
  /** By the kind of metric; only those that can be measured. */
  scores: Record<Subject, Record<string, Score>>;
  /** Of each sample, the nearest picture trained on, by its number among the run's; empty without a trained network. */
  nearest: NearestTrained[];
  /** The samples. */
  generated: Images;
};

export type Measured = {
  model: Model;
  config: RunConfig;
  dataset: Dataset;
  /** Of the data, and not trained on. */
  heldOut?: Images | undefined;
  /** Left out where there is none: what needs it is not measured, nor is it for points of the plane. */
  network?: FeatureNetwork | undefined;
  /** 500 unless told. */
  samples?: number;
};

export type Progress = { done: number; total: number };

/** What can be measured, in pieces of less than a second; yields how much of the work is done. */
export function* measureQuality({
  heldOut,
  samples = SAMPLES,
  ...of
}: Measured): Generator<Progress, Quality> {
  const network = of.dataset.channels === 2 ? undefined : of.network;
  const drawn = picturesOf(of, Math.max(samples, MOST_TRAINED));
  const training = new PictureSet(drawn.images, network);
  const given = { model: of.model, config: of.config, network, samples, training, heldOut };
  const scored = 3 * samples + (heldOut ? imagesIn(heldOut) : Math.min(samples, training.count));
  const seen = network ? training.count + 3 * samples + (heldOut ? imagesIn(heldOut) : 0) : 0;
  const { sets, scores, nearest } = yield* counted(scoresInPieces(given), 2 * samples + seen + scored);
  return {
    samples,
    images: sets.data.count,
    trained: training.count,
    heldOut: sets.heldOut?.count ?? 0,
    scores,
    nearest: named(nearest, drawn.places),
    generated: sets.samples.images,
  };
}

/** Pieces that tell how many pictures they were, as progress. */
function* counted<Result>(work: Generator<number, Result>, total: number): Generator<Progress, Result> {
  let pictures = 0;
  for (;;) {
    const { done, value } = work.next();
    if (done) {
      yield { done: total, total };
      return value;
    }
    pictures += value;
    yield { done: Math.min(total, Math.round(pictures)), total };
  }
}

type Given = Pick<Measured, 'model' | 'config' | 'heldOut' | 'network'> & {
  samples: number;
  training: PictureSet;
};

/** Yields how many pictures were made, seen or scored. */
function* scoresInPieces({ model, config, heldOut, network, samples, training }: Given) {
  const like = training.images;
  const setOf = (images: Images) => new PictureSet(images, network);
  const made = setOf(yield* samplesOf(model, { config, like, count: samples }));
  const untrained = setOf(yield* untrainedSamples({ config, like, count: samples }));
  const sets = {
    samples: made,
    ...(heldOut && { heldOut: setOf(heldOut) }),
    untrained,
    noise: setOf(noise(like, samples)),
  };
  if (network) for (const set of [training, ...Object.values(sets)]) yield* set.see();
  const known = { training, data: training.slice(0, samples), heldOut: sets.heldOut };
  const scores = {
    samples: yield* scoresOf({ ...known, generated: sets.samples }),
    heldOut: yield* scoresOf(sets.heldOut ? { ...known, generated: sets.heldOut } : halves(known.data)),
    untrained: yield* scoresOf({ ...known, generated: sets.untrained }),
    noise: yield* scoresOf({ ...known, generated: sets.noise }),
  };
  const nearest = network ? nearestTrained({ ...known, generated: sets.samples }) : [];
  return { sets: { ...sets, data: known.data }, scores, nearest };
}

function* scoresOf(sets: Compared): Generator<number, Record<string, Score>> {
  const scores: Record<string, Score> = {};
  const metrics = METRICS.filter((metric) => metric.needs(sets));
  for (const { kind, measure } of metrics) {
    scores[kind] = measure(sets);
    yield sets.generated.count / metrics.length;
  }
  return scores;
}

function halves(data: PictureSet): Compared {
  const half = Math.floor(data.count / 2);
  return { data: data.slice(0, half), generated: data.slice(half, data.count) };
}

type Wanted = { config: RunConfig; like: Images; count: number };

/** Samples of fixed z, each class in turn. */
function* samplesOf(model: Model, { config, like, count }: Wanted): Generator<number, Images> {
  const points = drawPoints(model.latent, { seed: 0, stream: 'latent', step: 1 }, count);
  const width = points.length / count;
  const length = like.size ** 2 * like.channels;
  const numbers = new Float32Array(count * length);
  for (let first = 0; first < count; first += AT_ONCE) {
    const part = points.subarray(first * width, (first + AT_ONCE) * width);
    const classes = Array.from(
      { length: part.length / width },
      (_, place) => (first + place) % Math.max(1, config.classes.length),
    );
    numbers.set(generate(model, part, classes), first * length);
    yield classes.length;
  }
  return { ...like, numbers };
}

function* untrainedSamples(wanted: Wanted): Generator<number, Images> {
  const untrained = new Session(wanted.config);
  try {
    return yield* samplesOf(untrained.model, wanted);
  } finally {
    untrained.dispose();
  }
}

const noise = (like: Images, count: number): Images => ({
  ...like,
  numbers: randomUniform({ seed: 0, stream: 'latent', step: 2 }, count * like.size ** 2 * like.channels),
});

/** With the pictures by their numbers among the run's. */
function named(found: NearestTrained[], places: readonly number[]): NearestTrained[] {
  const pictureOf = <Near extends { index: number }>(near: Near): Near => ({
    ...near,
    index: places[near.index] ?? near.index,
  });
  return found.map(({ pixels, features, isCopy }) => ({
    pixels: pictureOf(pixels),
    features: pictureOf(features),
    isCopy,
  }));
}
