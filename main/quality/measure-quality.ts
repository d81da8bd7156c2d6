/**
 * The recipe: 500 samples of fixed z against pictures of the data. Beside them stand, measured in the same way, pictures
 * that are of the data themselves, samples of an untrained G, and pure noise.
 */
import type { RunConfig } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { drawPoints, generate, type Model } from '../explore/index.ts';
import {
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
import { heldOutOf, picturesOf } from './pictures-of.ts';

const SAMPLES = 500;
/** Enough to find copies in a small set; in a large one copies are rare. */
const MOST_TRAINED = 1000;

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
  /** Pictures held out that are measured; 0 where the halves of the data stand in for them. */
  heldOut: number;
  /** By the kind of metric; only those that can be measured. */
  scores: Record<Subject, Record<string, Score>>;
  /** Of each sample, the nearest picture trained on, by its number among those; empty without a trained network. */
  nearest: NearestTrained[];
};

export type Measured = {
  model: Model;
  config: RunConfig;
  dataset: Dataset;
  /** Left out where there is none: what needs it is not measured, nor is it for points of the plane. */
  network?: FeatureNetwork | undefined;
  /** 500 unless told. */
  samples?: number;
};

type OnProgress = (progress: { done: number; total: number }) => void;

/** Measures all that can be; takes seconds. `onProgress` hears how much of the work is done. */
export function measureQuality(
  { samples = SAMPLES, ...of }: Measured,
  onProgress: OnProgress = () => undefined,
): Quality {
  const network = of.dataset.channels === 2 ? undefined : of.network;
  const setOf = (images: Images) => new PictureSet(images, network);
  const drawn = picturesOf(of.dataset, Math.max(samples, MOST_TRAINED));
  const heldOut = heldOutOf(of.dataset, samples);
  const training = setOf(drawn.images);
  const subjects = {
    samples: setOf(samplesOf(of.model, drawn.images, samples)),
    ...(heldOut && { heldOut: setOf(heldOut.images) }),
    untrained: setOf(untrainedSamples(of.config, drawn.images, samples)),
    noise: setOf(noise(drawn.images, samples)),
  };
  const sets = [training, ...Object.values(subjects)];
  const seen = network ? sets : [];
  const advance = progressOf(
    countOf(seen) + Math.ceil(samples / 2) + countOf(Object.values(subjects)),
    onProgress,
  );
  for (const set of seen) set.see(advance);
  const known = { training, data: training.slice(0, samples), heldOut: subjects.heldOut };
  const scoresOf = (compared: Compared) => {
    const found = scores(compared);
    advance(compared.generated.count);
    return found;
  };
  const quality = {
    samples,
    images: known.data.count,
    trained: training.count,
    heldOut: subjects.heldOut?.count ?? 0,
    scores: {
      samples: scoresOf({ ...known, generated: subjects.samples }),
      heldOut: scoresOf(subjects.heldOut ? { ...known, generated: subjects.heldOut } : halves(known.data)),
      untrained: scoresOf({ ...known, generated: subjects.untrained }),
      noise: scoresOf({ ...known, generated: subjects.noise }),
    },
    nearest: network ? named(nearestTrained({ ...known, generated: subjects.samples }), drawn.places) : [],
  };
  advance(Infinity);
  return quality;
}

const countOf = (sets: PictureSet[]): number => sets.reduce((sum, { count }) => sum + count, 0);

/** Hears of pictures that were seen or scored, and tells how many of all they are. */
function progressOf(total: number, onProgress: OnProgress): (images: number) => void {
  let done = 0;
  return (images) => {
    done = Math.min(total, done + images);
    onProgress({ done, total });
  };
}

function scores(sets: Compared): Record<string, Score> {
  return Object.fromEntries(
    METRICS.filter((metric) => metric.needs(sets)).map(({ kind, measure }) => [kind, measure(sets)]),
  );
}

function halves(data: PictureSet): Compared {
  const half = Math.floor(data.count / 2);
  return { data: data.slice(0, half), generated: data.slice(half, data.count) };
}

const samplesOf = (model: Model, like: Images, count: number): Images => ({
  ...like,
  numbers: generate(model, drawPoints(model.latent, { seed: 0, stream: 'latent', step: 1 }, count)),
});

function untrainedSamples(config: RunConfig, like: Images, count: number): Images {
  const untrained = new Session(config);
  const images = samplesOf(untrained.model, like, count);
  untrained.dispose();
  return images;
}

const noise = (like: Images, count: number): Images => ({
  ...like,
  numbers: randomUniform({ seed: 0, stream: 'latent', step: 2 }, count * like.size ** 2 * like.channels),
});

/** With the pictures by their numbers among all that are trained on. */
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
