/**
 * How good a model is by the recipe. Beside its samples stand, measured in the same way, pictures that are of the data
 * themselves, samples of an untrained G, and pure noise.
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
import { Session } from '../training/index.ts';

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
  /** The samples. */
  generated: Images;
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

export type Progress = { done: number; total: number };

/** Measures all that can be, in pieces of less than a second; yields how much of the work is done. */
export function* measureQuality({ model, ...of }: Measured): Generator<Progress, Quality> {
  const recipe = new Recipe(of);
  const { generated, scores, nearest } = yield* counted(
    inPieces({ model, config: of.config, recipe }),
    picturesOf(recipe),
  );
  return {
    samples: recipe.samples,
    images: recipe.data.count,
    trained: recipe.training.count,
    heldOut: recipe.heldOut?.count ?? 0,
    scores,
    nearest: named(nearest, recipe.drawn.places),
    generated: generated.images,
  };
}

/** Pictures that are made, seen and scored. */
function picturesOf({ samples, training, data, heldOut }: Recipe): number {
  const seen = training.canBeSeen ? training.count + 3 * samples + (heldOut?.count ?? 0) : 0;
  const scored = 3 * samples + (heldOut ?? data).count;
  return 2 * samples + seen + scored;
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

/** Yields how many pictures each piece was. */
function* inPieces({ model, config, recipe }: { model: Model; config: RunConfig; recipe: Recipe }) {
  const generated = yield* recipe.samplesOf(model);
  const untrained = yield* untrainedSamples(config, recipe);
  const noise = recipe.noise();
  const { training, data, heldOut } = recipe;
  const sets: readonly PictureSet[] = [training, generated, untrained, noise, ...(heldOut ? [heldOut] : [])];
  if (training.canBeSeen) for (const set of sets) yield* set.see();
  const scores = {
    samples: yield* recipe.scoresOf(generated),
    heldOut: yield* recipe.heldOutScores(),
    untrained: yield* recipe.scoresOf(untrained),
    noise: yield* recipe.scoresOf(noise),
  };
  const nearest = training.canBeSeen ? nearestTrained({ training, data, heldOut, generated }) : [];
  return { generated, scores, nearest };
}

function* untrainedSamples(config: RunConfig, recipe: Recipe): Generator<number, PictureSet> {
  const untrained = new Session(config);
  try {
    return yield* recipe.samplesOf(untrained.model);
  } finally {
    untrained.dispose();
  }
}

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
