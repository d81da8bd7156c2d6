/**
 * Whether the small-data GAN makes new images of 150, or copies: trains it for some minutes, and compares
 * with images that it never saw.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  withRecommended,
  type DatasetOptions,
  type RunConfig,
} from '../contract/index.ts';
import { bytesOf, openDataset, type Dataset } from '../datasets/index.ts';
import { drawPoints, generate, type Model } from '../explore/index.ts';
import { writeSheet } from '../export/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { ganOf } from '../gans/index.ts';
import {
  featuresOf,
  nearest,
  PictureSet,
  randomFeatureDistance,
  shareBelow,
  spread,
  type Images,
  type Nearest,
} from '../metrics/index.ts';
import { sheetPng, writeWhole } from '../runs/index.ts';
import { completeConfig, Session } from '../training/index.ts';
import { median } from './median.ts';

const IMAGES = 150;
/** Of the held-out images' distances: samples below it are suspicious. */
const QUANTILE = 0.05;
const SHOWN = 64;
/** Flags and signs come before it, and are of another kind. */
const FIRST_PICTOGRAPH = '1f300';
const SKIN_TONE = /1f3f[b-f]/;

/**
 * Distances to the nearest training image: medians, and the share of samples nearer than 95% of the held-out
 * images are.
 */
export type Nearness = { samples: number; heldOut: number; shareBelow: number };

export type SmallDataFigure = {
  case: 'small-data';
  images: number;
  size: number;
  minutes: number;
  steps: number;
  imagesPerSecond: number;
  pixels: Nearness;
  features: Nearness;
  /** In random features, to the training images: of the samples, and of the held-out images. */
  distance: number;
  heldOutDistance: number;
  /** Between two images of a set, in pixels. */
  spread: number;
  dataSpread: number;
  /** Pictures of samples, and of samples each with its nearest training image on the right. */
  folder: string;
};

/**
 * Trains on 150 emoji at 64 pixels for so many minutes. The folder with the pictures stays, below the
 * system's temporary one.
 */
export async function benchSmallData({
  minutes,
  folders,
  decoders,
}: {
  minutes: number;
  folders: Folders;
  decoders: Decoders;
}): Promise<SmallDataFigure> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-small-data-'));
  const emoji = pictographs(path.join(folders.builtIn, 'emoji'));
  // Alternately, so that both sets are of one kind.
  const everySecond = (first: 0 | 1, name: string) =>
    copied(
      emoji.filter((_, index) => index % 2 === first),
      path.join(folder, name),
    );
  const [training, heldOut] = [everySecond(0, 'training'), everySecond(1, 'held-out')];
  const config = smallDataConfig(training);
  const { options } = config.dataset;
  const own = { ...folders, cache: path.join(folder, 'cache') };
  const data = await openDataset({
    source: { kind: 'files', paths: [training] },
    options,
    folders: own,
    decoders,
  });
  const others = await openDataset({
    source: { kind: 'files', paths: [heldOut] },
    options,
    folders: own,
    decoders,
  });
  const session = new Session(config);
  const seconds = trainFor(session, data, minutes * 60);
  const figure = compare({
    config,
    model: session.model,
    training: all(data),
    heldOut: all(others),
    folder,
  });
  const steps = session.step;
  session.dispose();
  for (const dataset of [data, others]) dataset.close();
  return {
    case: 'small-data',
    images: IMAGES,
    size: options.size,
    minutes,
    steps,
    imagesPerSecond: rounded((steps * config.batch) / seconds),
    ...figure,
    folder,
  };
}

/** The small-data GAN as it recommends itself. */
function smallDataConfig(folder: string): RunConfig {
  const options: DatasetOptions = { ...DEFAULT_DATASET_OPTIONS, size: 64 };
  const gan = ganOf('small-data');
  const chosen: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    gan: { kind: gan.kind, options: {} },
    dataset: { source: { kind: 'files', paths: [folder] }, options, leftOut: [] },
  };
  return completeConfig(withRecommended(chosen, gan.recommends));
}

/** Seconds that it took, which is no less than asked for. */
function trainFor(session: Session, data: Dataset, seconds: number): number {
  const { batch, seed } = session.config;
  const start = performance.now();
  const passed = () => (performance.now() - start) / 1000;
  while (passed() < seconds) session.takeStep({ images: data.batch({ step: session.step, batch, seed }) });
  return passed();
}

/** Compares as many samples as there are training images. */
function compare({
  config,
  model,
  training,
  heldOut,
  folder,
}: {
  config: RunConfig;
  model: Model;
  training: Images;
  heldOut: Images;
  folder: string;
}): Pick<SmallDataFigure, 'pixels' | 'features' | 'distance' | 'heldOutDistance' | 'spread' | 'dataSpread'> {
  const points = drawPoints(model.latent, { seed: 1, stream: 'latent', step: 0 }, IMAGES);
  const samples: Images = { ...training, numbers: generate(model, points) };
  const ofSamples = nearestBoth(samples, training);
  const ofHeldOut = nearestBoth(heldOut, training);
  writeSheet({ model, config, seed: 1, count: SHOWN, file: path.join(folder, 'samples.png') });
  writeWhole(path.join(folder, 'samples-and-nearest.png'), pairs(samples, training, ofSamples.pixels));
  const nearness = (measure: 'pixels' | 'features'): Nearness => ({
    samples: rounded(median(distancesIn(ofSamples[measure]))),
    heldOut: rounded(median(distancesIn(ofHeldOut[measure]))),
    shareBelow: rounded(
      shareBelow({
        distances: distancesIn(ofSamples[measure]),
        expected: distancesIn(ofHeldOut[measure]),
        quantile: QUANTILE,
      }),
    ),
  });
  return {
    pixels: nearness('pixels'),
    features: nearness('features'),
    distance: rounded(randomFeatureDistance(samples, training)),
    heldOutDistance: rounded(randomFeatureDistance(heldOut, training)),
    spread: rounded(spread(samples)),
    dataSpread: rounded(spread(training)),
  };
}

const distancesIn = (found: Nearest[]): number[] => found.map(({ distance }) => distance);

/** The nearest training image of each, in pixels and in random features. */
function nearestBoth(images: Images, training: Images): Record<'pixels' | 'features', Nearest[]> {
  return {
    pixels: nearest(new PictureSet(images).pixels, new PictureSet(training).pixels),
    features: nearest(featuresOf(images), featuresOf(training)),
  };
}

/** Each sample with the training image that is nearest to it on its right. */
function pairs(samples: Images, training: Images, found: Nearest[]): Buffer {
  const { size, channels } = samples;
  const length = size * size * channels;
  const pixels = new Uint8Array(SHOWN * length);
  found.slice(0, SHOWN / 2).forEach(({ index }, pair) => {
    const sample = samples.numbers.subarray(pair * length, (pair + 1) * length);
    const real = training.numbers.subarray(index * length, (index + 1) * length);
    pixels.set(bytesOf(sample), 2 * pair * length);
    pixels.set(bytesOf(real), (2 * pair + 1) * length);
  });
  return sheetPng({ count: SHOWN, size, channels: channels === 1 ? 1 : 3, pixels });
}

/** Files of emoji that are pictures: twice as many as are trained on. */
function pictographs(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .sort()
    .filter((name) => name >= FIRST_PICTOGRAPH && !SKIN_TONE.test(name))
    .slice(0, 2 * IMAGES)
    .map((name) => path.join(folder, name));
}

function copied(files: string[], folder: string): string {
  fs.mkdirSync(folder);
  for (const file of files) fs.copyFileSync(file, path.join(folder, path.basename(file)));
  return folder;
}

function all({ size, channels, count, bytes }: Dataset): Images {
  return {
    size,
    channels,
    numbers: Float32Array.from(
      bytes(Array.from({ length: count }, (_, index) => index)),
      (byte) => byte / 127.5 - 1,
    ),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(4));
