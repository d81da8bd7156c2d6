/**
 * Measures samples by every metric, and in the same way the yardsticks: pictures of the data itself, samples
 * of an untrained G, and noise.
 */
import type { RunConfig } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Model } from '../explore/index.ts';
import {
  nearestTrained,
  type FeatureNetwork,
  type Images,
  type NearestTrained,
  type PictureSet,
  type Score,
} from '../metrics/index.ts';
import { Recipe } from '../recipe/index.ts';
import { tf } from '../tensor.ts';
import { untrainedModel } from '../training/index.ts';

/**
 * What is measured. If a run has no held-out pictures, `heldOut` is one half of the data against the other.
 */
export type Subject = 'samples' | 'heldOut' | 'untrained' | 'noise';

export type Quality = {
  samples: number;
  /** How many pictures of the data samples are compared with. */
  images: number;
  /** How many pictures trained on are searched for copies. */
  trained: number;
  /** How many held-out pictures are measured; 0 if one half of the data stands in for them. */
  heldOut: number;
  /** By the kind of metric; only those that can be measured. */
  scores: Record<Subject, Record<string, Score>>;
  /** For each sample, the nearest picture trained on, by its index; empty without a network for features. */
  nearest: NearestTrained[];
  /** The samples. */
  generated: Images;
};

export type MeasuredRun = {
  model: Model;
  config: RunConfig;
  dataset: Dataset;
  /** Without it, and for points of the plane, metrics that need it are not measured. */
  network?: FeatureNetwork | undefined;
  /** 500 by default. */
  samples?: number;
};

export type Progress = { done: number; total: number };

/**
 * Measures all that can be measured, in pieces of less than a second; yields how much of the work is done.
 */
export function* measureQuality(measured: MeasuredRun): Generator<Progress, Quality> {
  const recipe = new Recipe(measured);
  const { samples, training, data, heldOut } = recipe;
  const made = 2 * samples;
  const scored = 3 * samples + (heldOut ?? data).count;
  const seen = training.hasNetwork ? training.count + 3 * samples + (heldOut?.count ?? 0) : 0;
  const { generated, scores, nearest } = yield* counted(inPieces(recipe, measured), made + seen + scored);
  return {
    samples,
    images: data.count,
    trained: training.count,
    heldOut: heldOut?.count ?? 0,
    scores,
    nearest: named(nearest, recipe.drawn.indices),
    generated: generated.images,
  };
}

/** Turns work that yields numbers of pictures into work that yields progress. */
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

/** Yields how many pictures were made, seen or scored. */
function* inPieces(recipe: Recipe, { model, config }: MeasuredRun) {
  const { training } = recipe;
  const generated = yield* recipe.samplesOf(model);
  // `data` is the first of `training`, so the network need not see it again.
  if (training.hasNetwork) yield* training.computeFeatures();
  const scores = {
    samples: yield* recipe.scoresOf(generated),
    heldOut: yield* recipe.heldOutScores(),
    untrained: yield* recipe.scoresOf(yield* untrainedSamples(recipe, config)),
    noise: yield* recipe.scoresOf(recipe.noise()),
  };
  if (!training.hasNetwork) return { generated, scores, nearest: [] };
  return { generated, scores, nearest: nearestTrained({ ...recipe.compared, generated }) };
}

function* untrainedSamples(recipe: Recipe, config: RunConfig): Generator<number, PictureSet> {
  const untrained = untrainedModel(config);
  try {
    return yield* recipe.samplesOf(untrained);
  } finally {
    tf.dispose(untrained.weights);
  }
}

/** Replaces indices among the drawn pictures by indices among all pictures trained on. */
function named(found: NearestTrained[], indices: readonly number[]): NearestTrained[] {
  const pictureOf = <Near extends { index: number }>(near: Near): Near => ({
    ...near,
    index: indices[near.index] ?? near.index,
  });
  return found.map(({ pixels, features, isCopy }) => ({
    pixels: pictureOf(pixels),
    features: pictureOf(features),
    isCopy,
  }));
}
