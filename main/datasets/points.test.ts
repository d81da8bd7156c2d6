import { expect, test } from 'vitest';
import { testDecoders } from '../pictures/test-decoders.ts';
import { DEFAULT_DATASET_OPTIONS, STUDY_POINTS, type Points } from '../contract/index.ts';
import { createDatasetHandlers, openDataset, scaledPoints, type Dataset } from './index.ts';

const NOWHERE = { cache: '/nowhere', builtIn: '/nowhere', runs: '/nowhere' };
const open = (points: Points): Promise<Dataset> =>
  openDataset({
    source: { kind: 'points', points },
    options: DEFAULT_DATASET_OPTIONS,
    folders: NOWHERE,
    decoders: testDecoders,
  });

/** Of each point, the number of the nearest centre, and how far it is from there. */
function nearest(
  numbers: Float32Array,
  { centres }: ReturnType<typeof scaledPoints>,
): { centre: number; distance: number }[] {
  return Array.from({ length: numbers.length / 2 }, (_, index) => {
    const distances = centres.map(([x, y]) =>
      Math.hypot(numbers[2 * index]! - x, numbers[2 * index + 1]! - y),
    );
    const distance = Math.min(...distances);
    return { centre: distances.indexOf(distance), distance };
  });
}

test('points open at once without a folder, as images of one pixel with two channels', async () => {
  const own: Points = {
    layout: 'own',
    centres: [
      [0, 0],
      [3, -8],
      [1, 1],
    ],
    deviation: 0,
  };
  const names = await Promise.all(
    [STUDY_POINTS.ring, STUDY_POINTS.grid, own].map(async (points) => (await open(points)).summary.name),
  );
  expect(names).toEqual(['Ring of 8', 'Grid of 25', '3 points']);
  const { size, channels, count, summary } = await open(STUDY_POINTS.ring);
  expect([size, channels, count]).toEqual([1, 2, 100_000]);
  expect(summary).toMatchObject({
    source: { kind: 'points', points: STUDY_POINTS.ring },
    count,
    classes: [],
    leftOut: [],
  });
  expect((await open(STUDY_POINTS.grid)).summary.id).not.toBe(summary.id);
});

test.each([
  ['ring', 8],
  ['grid', 25],
] as const)(
  'a %s visits each of its %i centres about equally often, with its deviation about each',
  async (layout, modes) => {
    const dataset = await open(STUDY_POINTS[layout]);
    const scaled = scaledPoints(STUDY_POINTS[layout]);
    expect(scaled.centres).toHaveLength(modes);
    const found = nearest(dataset.batch({ step: 3, batch: 5000, seed: 1 }), scaled);
    for (let mode = 0; mode < modes; mode++) {
      const share = found.filter(({ centre }) => centre === mode).length / found.length;
      expect(share * modes).toBeGreaterThan(0.7);
      expect(share * modes).toBeLessThan(1.3);
    }
    const squares = found.reduce((sum, { distance }) => sum + distance ** 2, 0) / found.length;
    expect(Math.sqrt(squares / 2) / scaled.deviation).toBeCloseTo(1, 1);
  },
);

test('every coordinate is scaled into the range of tanh, with room for the noise', () => {
  const all: Points[] = [
    STUDY_POINTS.ring,
    STUDY_POINTS.grid,
    {
      layout: 'own',
      centres: [
        [90, 0],
        [0, -2],
      ],
      deviation: 1,
    },
    {
      layout: 'own',
      centres: [
        [0, 0],
        [0, 0],
      ],
      deviation: 0,
    },
  ];
  for (const points of all) {
    const { centres, deviation, scale } = scaledPoints(points);
    expect(Number.isFinite(scale)).toBe(true);
    expect(Math.max(...centres.flat().map(Math.abs)) + 4 * deviation).toBeLessThanOrEqual(1);
  }
  expect(scaledPoints(STUDY_POINTS.ring).centres[2]![0]).toBeCloseTo(0, 10);
  expect(scaledPoints(STUDY_POINTS.ring).centres[2]![1]).toBeCloseTo(
    scaledPoints(STUDY_POINTS.ring).scale,
    10,
  );
});

test('a batch is a function of seed and step alone, and the stream has the same batches from any step on', async () => {
  const dataset = await open(STUDY_POINTS.grid);
  const batch = (step: number, seed = 7) => dataset.batch({ step, batch: 16, seed });
  expect(batch(0)).toHaveLength(32);
  expect(batch(5)).toEqual((await open(STUDY_POINTS.grid)).batch({ step: 5, batch: 16, seed: 7 }));
  expect(batch(5)).not.toEqual(batch(6));
  expect(batch(5)).not.toEqual(batch(5, 8));
  const stream = dataset.stream({ batch: 16, seed: 7, from: 4 });
  expect([await stream.take(4), await stream.take(9)]).toEqual([{ images: batch(4) }, { images: batch(9) }]);
  stream.close();
});

test('points without noise are their centres themselves', async () => {
  const points: Points = {
    layout: 'own',
    centres: [
      [1, 2],
      [-4, 3],
    ],
    deviation: 0,
  };
  const scaled = scaledPoints(points);
  const found = nearest((await open(points)).batch({ step: 0, batch: 50, seed: 1 }), scaled);
  expect(Math.max(...found.map(({ distance }) => distance))).toBeLessThan(1e-6);
  expect(new Set(found.map(({ centre }) => centre)).size).toBe(2);
});

test('their thumbnail is one picture that shows where they lie', async () => {
  const handlers = createDatasetHandlers({
    folders: { cache: '', builtIn: '', runs: '' },
    decoders: testDecoders,
    emit: () => undefined,
    picturesOf: () => ({ changeOf: () => undefined }),
  });
  const { id } = await handlers['dataset.open']({
    source: { kind: 'points', points: STUDY_POINTS.ring },
    options: DEFAULT_DATASET_OPTIONS,
    leftOut: [],
  });
  const { images, pictures } = await handlers['dataset.thumbnails']({ id, from: 0, count: 256 });
  const { count, size, channels, pixels } = images;
  expect(pictures).toEqual([]);
  expect([count, channels]).toEqual([1, 3]);
  expect(pixels).toHaveLength(size * size * 3);
  const at = (x: number, y: number) =>
    pixels[(Math.round(((1 - y) / 2) * size) * size + Math.round(((x + 1) / 2) * size)) * 3]!;
  expect(at(0, 0)).toBe(255);
  for (const [x, y] of scaledPoints(STUDY_POINTS.ring).centres) expect(at(x, y)).toBeLessThan(255);
});

test('blobs are drawn by weight, each with its own deviation', async () => {
  const { blobs } = STUDY_POINTS.blobs;
  const scaled = scaledPoints(STUDY_POINTS.blobs);
  const numbers = (await open(STUDY_POINTS.blobs)).batch({ step: 2, batch: 6000, seed: 1 });
  const found = nearest(numbers, scaled);
  const weights = blobs.reduce((sum, { weight }) => sum + weight, 0);
  blobs.forEach(({ deviation, weight }, index) => {
    const own = found.filter(({ centre }) => centre === index);
    expect(own.length / found.length).toBeCloseTo(weight / weights, 1);
    const squares = own.reduce((sum, { distance }) => sum + distance ** 2, 0) / own.length;
    expect(Math.sqrt(squares / 2) / (deviation * scaled.scale)).toBeCloseTo(1, 1);
  });
});

test('a spiral lies on its arms, as dense far out as near the middle', async () => {
  const { arms, turns, deviation } = STUDY_POINTS.spiral;
  const { scale } = scaledPoints(STUDY_POINTS.spiral);
  const numbers = (await open(STUDY_POINTS.spiral)).batch({ step: 0, batch: 4000, seed: 1 });
  let [inner, onArms] = [0, 0];
  for (let index = 0; index < numbers.length; index += 2) {
    const [x, y] = [numbers[index]! / scale, numbers[index + 1]! / scale];
    const out = Math.hypot(x, y);
    if (out < 0.5) inner += 1;
    const off = (Math.atan2(y, x) / (2 * Math.PI) - turns * out) * arms;
    const slope = Math.hypot(1, 2 * Math.PI * turns * out);
    if ((Math.abs(off - Math.round(off)) / arms) * 2 * Math.PI * out < 4 * deviation * slope) onArms += 1;
  }
  expect(inner / 4000).toBeCloseTo(0.25, 1);
  expect(onArms / 4000).toBeGreaterThan(0.97);
});

test.each(['blobs', 'spiral'] as const)(
  '%s open at once, are told apart, and are a function of seed and step',
  async (layout) => {
    const dataset = await open(STUDY_POINTS[layout]);
    expect(dataset.summary.name).toBe({ blobs: '3 blobs', spiral: 'Spiral of 2 arms' }[layout]);
    expect(dataset.batch({ step: 5, batch: 16, seed: 7 })).toEqual(
      (await open(STUDY_POINTS[layout])).batch({ step: 5, batch: 16, seed: 7 }),
    );
    expect(dataset.batch({ step: 5, batch: 16, seed: 7 })).not.toEqual(
      dataset.batch({ step: 6, batch: 16, seed: 7 }),
    );
    expect(Math.max(...dataset.batch({ step: 0, batch: 5000, seed: 2 }).map(Math.abs))).toBeLessThan(1.1);
  },
);
