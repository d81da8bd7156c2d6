/**
 * Quality: what is measured beside the samples, and that KID falls as pictures get better and rises as they
 * get worse.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { openDataset, pointsDataset, type Dataset } from '../datasets/index.ts';
import { METRICS, openEfficientNet, PictureSet, type FeatureNetwork } from '../metrics/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { allPieces } from '../pieces.ts';
import { randomUniform } from '../random.ts';
import { completeConfig, Session } from '../training/index.ts';
import { heldOutOf, picturesOf } from '../recipe/pictures-of.ts';
import { likeliestCopies, measureQuality } from './index.ts';

const DIGITS = path.resolve('build/datasets/digits');
const SAMPLES = 60;
const EACH = 20;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-quality-'));
const network: FeatureNetwork | undefined = openEfficientNet('build/features');
let dataset: Dataset;
let config: RunConfig;

beforeAll(async () => {
  const paths = Array.from({ length: 10 }, (_, digit) =>
    Array.from(
      { length: EACH },
      (__, picture) => `${DIGITS}/${digit}/${String(picture).padStart(4, '0')}.png`,
    ),
  ).flat();
  const source = { kind: 'files' as const, paths };
  const { options } = DEFAULT_RUN_CONFIG.dataset;
  dataset = await openDataset({
    source,
    options,
    folders: { cache: folder, builtIn: folder, runs: folder },
    decoders: testDecoders,
  });
  config = completeConfig({
    ...DEFAULT_RUN_CONFIG,
    gan: { kind: 'dcgan', options: { width: 4 } },
    dataset: { source, options, leftOut: [] },
  });
});

afterAll(() => {
  dataset.close();
  network?.dispose();
  fs.rmSync(folder, { recursive: true });
});

function measured(given: Partial<Parameters<typeof measureQuality>[0]> = {}) {
  const session = new Session(given.config ?? config);
  const reports: { done: number; total: number }[] = [];
  const quality = allPieces(
    measureQuality({ model: session.model, config, dataset, network, samples: SAMPLES, ...given }),
    (progress) => reports.push(progress),
  );
  session.dispose();
  return { ...quality, reports };
}

test.runIf(network)(
  'an untrained G scores as an untrained G does, far from the data, whose halves are alike',
  () => {
    const { reports, scores, nearest, generated, ...counts } = measured();
    expect(generated.numbers).toHaveLength(SAMPLES * 28 * 28);
    expect(counts).toEqual({ samples: SAMPLES, images: SAMPLES, trained: 200, heldOut: 0 });
    expect(scores.samples).toEqual(scores.untrained);
    expect(Object.keys(scores.samples)).toEqual(METRICS.map(({ kind }) => kind));
    expect(scores.heldOut['copies']).toBeUndefined();
    const { value = NaN, error = NaN } = scores.heldOut['kid'] ?? {};
    expect(Math.abs(value)).toBeLessThan(4 * error);
    for (const subject of ['samples', 'noise'] as const)
      expect(scores[subject]['kid']!.value).toBeGreaterThan(200);
    expect(nearest).toHaveLength(SAMPLES);
    for (const { pixels, features } of nearest)
      for (const { index } of [pixels, features]) expect(index >= 0 && index < 200).toBe(true);
    const done = reports.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(Math.max(...done.map((each, index) => each - (done[index - 1] ?? 0)))).toBeLessThanOrEqual(32);
    expect(done.at(-1)).toBe(reports.at(-1)!.total);
  },
);

test.runIf(network)('held-out pictures that are the data itself are all found to be copies of it', () => {
  const { scores, heldOut } = measured({ dataset: { ...dataset, heldOut: dataset } });
  expect(heldOut).toBe(SAMPLES);
  expect(scores.heldOut['copies']).toEqual({ value: 1 });
  expect(scores.samples['copies']).toEqual({ value: 0 });
});

test.runIf(network)('pictures that a run holds out are measured apart from those that it trains on', () => {
  const apart = dataset.holdOut!({ heldOut: 0.3, seed: 1, classes: [] })!;
  const { count } = apart.heldOut!;
  const [{ images }, heldOutOnes] = [picturesOf(apart, 200), heldOutOf(apart, SAMPLES)!];
  expect(images.numbers).toHaveLength((200 - count) * 28 * 28);
  const { scores, nearest, trained, heldOut } = measured({ dataset: apart });
  expect([trained, heldOut]).toEqual([200 - count, Math.min(SAMPLES, count)]);
  expect(heldOutOnes.indices).toHaveLength(heldOut);
  for (const { pixels, features } of nearest)
    for (const { index } of [pixels, features]) expect(index).toBeLessThan(apart.count);
  // By the rule, 5% of them are below the bound.
  expect(scores.heldOut['copies']!.value).toBeLessThanOrEqual(0.05 + 1 / heldOut);
  expect(scores.heldOut['copies']!.value).toBeGreaterThan(0);
  const { value = NaN, error = NaN } = scores.heldOut['kid'] ?? {};
  expect(Math.abs(value)).toBeLessThan(4 * error);
});

test.runIf(network)('even a few held-out pictures give numbers', () => {
  const two = { ...dataset, count: 2 };
  const { scores, heldOut } = measured({ dataset: { ...dataset, heldOut: two } });
  expect(heldOut).toBe(2);
  for (const { value } of Object.values(scores.heldOut)) expect(value).toSatisfy(Number.isFinite);
});

test.runIf(network)('KID falls as noise leaves pictures, and rises when they fade or become a few', () => {
  const { images } = picturesOf(dataset, 200);
  const all = new PictureSet(images, network);
  const [data, others] = [all.slice(0, 100), all.slice(100, 200)];
  const length = images.size ** 2 * images.channels;
  const noise = randomUniform({ seed: 1, stream: 'latent', step: 0 }, 100 * length);
  const kidOf = (numbers: Float32Array) =>
    METRICS.find(({ kind }) => kind === 'kid')!.measure({
      data,
      generated: new PictureSet({ ...images, numbers }, network),
    }).value;
  const { numbers } = others.images;
  const withNoise = [0.25, 0.1, 0.05, 0].map((share) =>
    kidOf(numbers.map((value, index) => (1 - share) * value + share * noise[index]!)),
  );
  expect(withNoise).toEqual([...withNoise].sort((a, b) => b - a));
  const good = withNoise.at(-1)!;
  const faded = kidOf(numbers.map((value) => 0.3 * value));
  const few = kidOf(Float32Array.from(numbers, (_, index) => numbers[index % (4 * length)]!));
  expect(Math.min(faded, few)).toBeGreaterThan(good + 50);
});

test('the likeliest copies come first, each beside its nearest pictures', () => {
  const { images, indices } = picturesOf(dataset, 3);
  const near = (index: number, share: number) => ({ index: indices[index]!, distance: share, share });
  const [first = NaN, second = NaN, third = NaN] = indices;
  const nearest = [
    { pixels: near(1, 0.9), features: near(2, 0.9), isCopy: false },
    { pixels: near(1, 0), features: near(1, 0), isCopy: true },
    { pixels: near(0, 0.5), features: near(1, 0.5), isCopy: false },
  ];
  const shown = likeliestCopies({ nearest, generated: images }, dataset)!;
  expect(shown.isCopy).toEqual([true, false, false]);
  expect(shown.images).toMatchObject({ count: 9, size: 28, channels: 1, columns: 3 });
  const rows = [second, second, second, third, first, second, first, second, third];
  expect(Buffer.from(shown.images.pixels)).toEqual(Buffer.from(dataset.bytes(rows)));
});

test('without a trained network, only the distance in random features is measured', () => {
  const { scores, nearest } = measured({ network: undefined });
  for (const subject of Object.values(scores)) expect(Object.keys(subject)).toEqual(['distance']);
  expect(nearest).toEqual([]);
  expect(scores.heldOut['distance']!.value).toBeLessThan(0.2 * scores.noise['distance']!.value);
});

test('points of the plane are measured in the plane', () => {
  const { options } = config.dataset;
  const points = STUDY_POINTS.ring;
  const ofPoints = completeConfig({
    ...DEFAULT_RUN_CONFIG,
    gan: { kind: 'mlp', options: {} },
    dataset: { source: { kind: 'points', points }, options, leftOut: [] },
  });
  const { scores, images } = measured({ config: ofPoints, dataset: pointsDataset(points, options) });
  expect(images).toBe(SAMPLES);
  expect(Object.keys(scores.samples)).toEqual(['distance']);
  expect(scores.heldOut['distance']!.value).toBeLessThan(scores.samples['distance']!.value);
});

test('with classes evened out, equally many of each are taken', () => {
  const labels = Uint16Array.from({ length: 200 }, (_, index) => (index < 190 ? 0 : 1));
  const uneven: Dataset = { ...dataset, labels };
  const options = { ...dataset.summary.options, evenClasses: true };
  const { indices } = picturesOf({ ...uneven, summary: { ...dataset.summary, options } }, 20);
  expect(indices.filter((index) => index >= 190)).toHaveLength(10);
  expect(new Set(indices).size).toBe(20);
  expect(picturesOf(uneven, 500).indices).toHaveLength(200);
});
