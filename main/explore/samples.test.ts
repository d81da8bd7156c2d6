import { afterEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { sampleLayout } from '../sample-layout.ts';
import { Session } from '../training/session.ts';
import { drawPoints, generate, generateImages, samplePictures, type Generator } from './index.ts';

const plain: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'dcgan', options: { width: 4 } },
  batch: 4,
  z: { size: 8, distribution: 'normal' },
};
const told: RunConfig = {
  ...plain,
  gan: { ...plain.gan, kind: 'conditional' },
  classes: ['cats', 'dogs', 'owls'],
};
const plane: RunConfig = {
  ...plain,
  gan: { kind: 'mlp', options: { width: 4 } },
  dataset: { ...plain.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
};
const key = { seed: 1, stream: 'fixedZ', step: 0 } as const;
const LENGTH = 28 * 28;

const opened: Session[] = [];
afterEach(() => opened.splice(0).forEach((session) => session.dispose()));

function generatorOf(config: RunConfig): Generator {
  const session = new Session(config);
  opened.push(session);
  return session.generator;
}

test('samples of a generator without classes are its images of the points that are drawn', () => {
  const generator = generatorOf(plain);
  const pictures = samplePictures({ generator, config: plain, key, count: 5 });
  expect(pictures).toEqual(generateImages(generator, drawPoints(plain.z, key, 5)));
  expect(pictures.columns).toBeUndefined();
});

test('samples of classes are a row for each, named, of the same points', () => {
  const generator = generatorOf(told);
  const { count, columns, rows, pixels } = samplePictures({ generator, config: told, key, count: 13 });
  expect([count, columns, rows]).toEqual([12, 4, ['cats', 'dogs', 'owls']]);
  const points = drawPoints(told.z, key, 4);
  ['cats', 'dogs', 'owls'].forEach((_, place) => {
    const row = pixels.subarray(place * 4 * LENGTH, (place + 1) * 4 * LENGTH);
    expect(row).toEqual(generateImages(generator, points, [place, place, place, place]).pixels);
  });
  expect(pixels.subarray(0, LENGTH)).not.toEqual(pixels.subarray(4 * LENGTH, 5 * LENGTH));
});

test('more classes than samples get one each', () => {
  expect(sampleLayout(told, 2)).toMatchObject({ count: 3, columns: 1 });
});

test('without being told which, a generator makes images of each class in turn, however many at a time', () => {
  const generator = generatorOf(told);
  const points = drawPoints(told.z, key, 70);
  expect(generate(generator, points)).toEqual(
    generate(
      generator,
      points,
      Array.from({ length: 70 }, (_, index) => index % 3),
    ),
  );
});

test('points of the plane are one picture of a cloud; of a walk, each point is a picture', () => {
  const generator = generatorOf(plane);
  const cloud = samplePictures({ generator, config: plane, key, count: 16 });
  expect(cloud).toMatchObject(sampleLayout(plane, 16));
  expect(cloud).toMatchObject({ count: 1, channels: 3 });
  const { count, size, pixels } = generateImages(generator, drawPoints(plane.z, key, 3));
  expect(count).toBe(3);
  expect(pixels).toHaveLength(3 * size * size * 3);
});
