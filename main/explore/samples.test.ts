import { afterEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { bytesOf } from '../datasets/index.ts';
import { randomUniform } from '../random.ts';
import { sampleLayout } from '../samples/index.ts';
import { Session } from '../training/session.ts';
import {
  drawPoints,
  encode,
  generate,
  generateImages,
  newPictures,
  rebuild,
  samplePictures,
  type Model,
} from './index.ts';

const plain: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  gan: { kind: 'dcgan', options: { width: 4 } },
  batch: 4,
  z: { size: 8, distribution: 'normal' },
};
const conditional: RunConfig = {
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

/** `pictures` for GANs that rebuild nothing. */
const pictures = (): Float32Array => {
  throw new Error('No picture of the data is shown.');
};

function modelOf(config: RunConfig): Model {
  const session = new Session(config);
  opened.push(session);
  return session.model;
}

test('samples of a generator without classes are its images of the points that are drawn', () => {
  const model = modelOf(plain);
  const samples = samplePictures({ model, config: plain, key, count: 5, pictures });
  expect(samples).toEqual(generateImages(model, drawPoints(model.latent, key, 5)));
  expect(samples.columns).toBeUndefined();
  expect(newPictures({ model, config: plain, key, count: 5 })).toEqual(samples);
});

test('pictures of one class are as many as are asked for, without rows', () => {
  const model = modelOf(conditional);
  const owls = newPictures({ model, config: conditional, key, count: 5, chosen: 2 });
  const points = drawPoints(model.latent, key, 5);
  expect(owls).toEqual(generateImages(model, points, new Int32Array(5).fill(2)));
  expect(owls).not.toEqual(generateImages(model, points, new Int32Array(5).fill(0)));
});

test('samples of classes are a row for each, named, of the same points', () => {
  const model = modelOf(conditional);
  const { count, columns, rows, pixels } = samplePictures({
    model,
    config: conditional,
    key,
    count: 13,
    pictures,
  });
  expect([count, columns, rows]).toEqual([12, 4, ['cats', 'dogs', 'owls']]);
  const points = drawPoints(model.latent, key, 4);
  ['cats', 'dogs', 'owls'].forEach((_, index) => {
    const row = pixels.subarray(index * 4 * LENGTH, (index + 1) * 4 * LENGTH);
    expect(row).toEqual(generateImages(model, points, [index, index, index, index]).pixels);
  });
  expect(pixels.subarray(0, LENGTH)).not.toEqual(pixels.subarray(4 * LENGTH, 5 * LENGTH));
});

test('more classes than samples get one each', () => {
  expect(sampleLayout(conditional, 2, { rebuilds: false })).toMatchObject({
    sheet: { count: 3, columns: 1 },
    pairs: 0,
  });
});

test('without classes given, a generator makes images of each class in turn, however many at a time', () => {
  const model = modelOf(conditional);
  const points = drawPoints(model.latent, key, 70);
  expect(generate(model, points)).toEqual(
    generate(
      model,
      points,
      Array.from({ length: 70 }, (_, index) => index % 3),
    ),
  );
});

test('points of the plane are one picture of a cloud; of a walk, each point is a picture', () => {
  const model = modelOf(plane);
  const cloud = samplePictures({ model, config: plane, key, count: 16, pictures });
  expect(cloud).toMatchObject(sampleLayout(plane, 16, { rebuilds: false }).sheet);
  expect(cloud).toMatchObject({ count: 1, channels: 3 });
  const { count, size, pixels } = generateImages(model, drawPoints(model.latent, key, 3));
  expect(count).toBe(3);
  expect(pixels).toHaveLength(3 * size * size * 3);
});

const rebuilding: RunConfig = {
  ...plain,
  gan: { kind: 'bigan', options: { width: 4, joint: 8 } },
};

test.each([
  [1, 1, 1, 3],
  [2, 1, 1, 3],
  [16, 4, 1, 4],
  [20, 4, 1, 5],
  [64, 8, 2, 8],
])(
  'of %i samples of a GAN that rebuilds, in %i columns, %i times two of %i rows are pictures and their rebuilding',
  (count, columns, pairs, all) => {
    const layout = sampleLayout(rebuilding, count, { rebuilds: true });
    const rows = [
      ...Array.from({ length: pairs }, () => ['pictures', 'rebuilt']).flat(),
      ...new Array<string>(all - 2 * pairs).fill('new'),
    ];
    expect(layout).toEqual({ pairs, sheet: { count: all * columns, size: 28, channels: 1, columns, rows } });
  },
);

test('points of the plane have no pictures that could be rebuilt', () => {
  const { dataset } = plane;
  expect(sampleLayout({ ...rebuilding, dataset }, 16, { rebuilds: true })).toEqual(
    sampleLayout(plane, 16, { rebuilds: false }),
  );
});

test('a GAN that rebuilds shows rows of the data, each above that of their rebuilding, and new images below; a sheet of new ones has none', () => {
  const model = modelOf(rebuilding);
  const asked: number[] = [];
  const data = randomUniform({ seed: 2, stream: 'order', step: 0 }, 2 * 8 * LENGTH);
  const { pixels, ...sheet } = samplePictures({
    model,
    config: rebuilding,
    key,
    count: 64,
    pictures(count) {
      asked.push(count);
      return data;
    },
  });
  expect(asked).toEqual([16]);
  expect(sheet).toEqual(sampleLayout(rebuilding, 64, { rebuilds: true }).sheet);
  const rebuilt = bytesOf(rebuild(model, data));
  const row = 8 * LENGTH;
  const rows = Array.from({ length: 4 }, (_, index) => pixels.subarray(index * row, (index + 1) * row));
  for (const pair of [0, 1]) {
    const own = (bytes: Uint8Array) => Array.from(bytes.subarray(pair * row, (pair + 1) * row));
    expect(Array.from(rows[2 * pair]!)).toEqual(own(bytesOf(data)));
    expect(Array.from(rows[2 * pair + 1]!)).toEqual(own(rebuilt));
  }
  const made = generateImages(model, drawPoints(model.latent, key, 32)).pixels;
  expect(Array.from(pixels.subarray(4 * row))).toEqual(Array.from(made));
  expect(newPictures({ model, config: rebuilding, key, count: 32 }).pixels).toEqual(made);
});

test('a picture that is rebuilt is what the generator makes of the point that the encoder finds for it', () => {
  const model = modelOf(rebuilding);
  const data = randomUniform({ seed: 2, stream: 'order', step: 0 }, 3 * LENGTH);
  const points = encode(model, data);
  expect(points).toHaveLength(3 * 8);
  expect(rebuild(model, data)).toEqual(generate(model, points));
});
