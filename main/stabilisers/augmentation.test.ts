import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type Choice, type RunConfig } from '../contract/index.ts';
import { drawPoints, generate } from '../explore/index.ts';
import { expectNumeric } from '../layers/test-layer.ts';
import { objectiveOf } from '../losses/index.ts';
import { randomNormal, randomUniform } from '../random.ts';
import { bothWays, expectClose, fill } from '../reference/index.ts';
import type { StepRandom } from '../step-random.ts';
import { tf, type Tensor, type Tensors } from '../tensor.ts';
import { completeConfig } from '../training/rules.ts';
import { takeBothWays } from '../training/test-both-ways.ts';
import { Session } from '../training/session.ts';
import type { Phase, Turn } from '../turn.ts';
import { stabiliserOf } from './index.ts';

const BATCH = 6;

/** What D sees of images through a stabiliser that draws these numbers, one row a call. */
function seen({
  kind,
  options = {},
  images,
  draws,
  memory = {},
}: {
  kind: string;
  options?: Record<string, unknown>;
  images: Tensor;
  draws: Tensor[];
  memory?: Tensors;
}): Tensor {
  let call = 0;
  const random: StepRandom = { normal: () => draws[call++]!, uniform: () => draws[call++]! };
  let answer: Tensor | undefined;
  const phase: Phase = {
    name: 'generator',
    moves: 'generator',
    everySteps: 1,
    minimises: (turn) => {
      answer = turn.judge(images, 'fake')['verdict']!;
      return tf.scalar(0);
    },
  };
  const turn: Turn = {
    real: images,
    z: images,
    classes: undefined,
    step: tf.scalar(0),
    loss: objectiveOf({ kind: 'hinge', options: {} }),
    random,
    memory,
    run: () => ({}),
    fakes: () => images,
    judge: (judged) => ({ verdict: judged }),
    weights: () => ({}),
    remember: () => undefined,
    report: () => undefined,
  };
  const { turn: changed, options: schema } = stabiliserOf(kind);
  changed!(phase, schema.parse(options)).minimises(turn);
  return answer!;
}

/** Rows of drawn numbers, as many as a stabiliser asks for at most. */
function drawn(normal: number[] = []): Float32Array[] {
  return Array.from({ length: 32 }, (_, step) =>
    (normal.includes(step) ? randomNormal : unit)({ seed: 3, stream: 'z', step }, BATCH),
  );
}
const unit: typeof randomUniform = (key, count) => randomUniform(key, count).map((value) => (value + 1) / 2);

type Picture = {
  size: number;
  channels: number;
  at(image: number, row: number, column: number, channel: number): number;
};

/** Numbers of an image by place; 0 outside. */
function pictureOf(images: Tensor): Picture {
  const [, size, , channels] = images.shape as [number, number, number, number];
  const numbers = images.dataSync();
  const outside = (place: number) => place < 0 || place >= size;
  return {
    size,
    channels,
    at: (image, row, column, channel) =>
      outside(row) || outside(column)
        ? 0
        : numbers[((image * size + row) * size + column) * channels + channel]!,
  };
}

/** A batch made pixel by pixel. */
function made(
  { size, channels }: Picture,
  colourAt: (image: number, row: number, column: number) => number[],
): Tensor {
  const numbers: number[] = [];
  for (let image = 0; image < BATCH; image++)
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++) numbers.push(...colourAt(image, row, column));
  return tf.tensor(numbers, [BATCH, size, size, channels]);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const colourOf = (picture: Picture, image: number, row: number, column: number) =>
  Array.from({ length: picture.channels }, (_, channel) => picture.at(image, row, column, channel));

/** DiffAugment as loops over pixels: Zhao et al. 2020's colour, translation, cutout. */
function expectedOfDiffAugment(images: Tensor, draws: Float32Array[]): Tensor {
  const numbers = [...draws];
  const next = () => numbers.shift()!;
  let picture = pictureOf(images);
  const { size, channels } = picture;
  const brightness = next();
  const saturation = channels === 3 ? next() : undefined;
  picture = pictureOf(
    made(picture, (image, row, column) => {
      const bright = colourOf(picture, image, row, column).map((value) => value + brightness[image]! - 0.5);
      return saturation
        ? bright.map((value) => mean(bright) + 2 * saturation[image]! * (value - mean(bright)))
        : bright;
    }),
  );
  const contrast = next();
  const before = picture;
  const means = Array.from({ length: BATCH }, (_, image) =>
    mean(
      Array.from({ length: size * size }, (_, place) =>
        mean(colourOf(before, image, Math.floor(place / size), place % size)),
      ),
    ),
  );
  picture = pictureOf(
    made(before, (image, row, column) =>
      colourOf(before, image, row, column).map(
        (value) => means[image]! + (contrast[image]! + 0.5) * (value - means[image]!),
      ),
    ),
  );
  const furthest = Math.round(size / 8);
  const [down, right] = [next(), next()].map((row) =>
    Array.from(row, (value) => Math.floor(value * (2 * furthest + 1)) - furthest),
  );
  const still = picture;
  picture = pictureOf(
    made(still, (image, row, column) => colourOf(still, image, row + down![image]!, column + right![image]!)),
  );
  const [middleRows, middleColumns] = [next(), next()].map((row) =>
    Array.from(row, (value) => Math.floor(value * (size + 1 - (Math.round(size / 2) % 2)))),
  );
  const first = (middle: number) => middle - Math.floor(Math.round(size / 2) / 2);
  const inHole = (place: number, middle: number) =>
    place >= first(middle) && place < first(middle) + Math.round(size / 2);
  return made(picture, (image, row, column) =>
    colourOf(picture, image, row, column).map((value) =>
      inHole(row, middleRows![image]!) && inHole(column, middleColumns![image]!) ? 0 : value,
    ),
  );
}

/** ADA as loops over pixels, with p = 1: undone from the result back to the image, then a rotation in the space of colours. */
function expectedOfAda(images: Tensor, draws: Float32Array[]): Tensor {
  const numbers = [...draws];
  const next = () => {
    const [value] = numbers.splice(0, 2);
    return value!;
  }; // the second of two decides whether, and with p = 1 it always does
  const picture = pictureOf(images);
  const { size, channels } = picture;
  const centre = (size - 1) / 2;
  const mirror = next();
  const quarter = next();
  const zoom = next();
  const [, downs, rights] = numbers.splice(0, 3);
  const brightness = next();
  const contrast = next();
  const [hue, saturation] = channels === 3 ? [next(), next()] : [];
  const placed = (image: number, row: number, column: number): number[] => {
    const shift = (by: Float32Array) => Math.round(2 * (by[image]! - 0.5) * (size / 8));
    let [y, x] = [row - centre - shift(downs!), column - centre - shift(rights!)].map(
      (place) => place / 2 ** (0.2 * zoom[image]!),
    ) as [number, number];
    if (mirror[image]! >= 0.5) x = -x;
    for (let turn = 0; turn < Math.floor(quarter[image]! * 4); turn++) [y, x] = [-x, y]; // undoes a quarter turn clockwise
    return bilinear(picture, image, y + centre, x + centre);
  };
  return made(picture, (image, row, column) => {
    const bright = placed(image, row, column).map(
      (value) => (value + 0.2 * brightness[image]!) * 2 ** (0.5 * contrast[image]!),
    );
    if (!hue || !saturation) return bright;
    const grey = mean(bright);
    const angle = 2 * Math.PI * (hue[image]! - 0.5);
    const [r, g, b] = bright.map((value) => value - grey) as [number, number, number];
    const around = [b - g, r - b, g - r].map((value) => value / Math.sqrt(3)); // (1, 1, 1) / sqrt 3 x (r, g, b)
    return [r, g, b].map(
      (value, channel) =>
        grey + 2 ** saturation[image]! * (Math.cos(angle) * value + Math.sin(angle) * around[channel]!),
    );
  });
}

function bilinear(picture: Picture, image: number, y: number, x: number): number[] {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const corners = [
    [top, left],
    [top, left + 1],
    [top + 1, left],
    [top + 1, left + 1],
  ] as const;
  return Array.from({ length: picture.channels }, (_, channel) =>
    corners.reduce(
      (sum, [row, column]) =>
        sum + (1 - Math.abs(y - row)) * (1 - Math.abs(x - column)) * picture.at(image, row, column, channel),
      0,
    ),
  );
}

const NORMAL = [4, 9, 11, 15]; // draws of ADA from the normal distribution: zoom, brightness, contrast, saturation
const AUGMENTATIONS = [
  { kind: 'diff-augment', draws: drawn(), memory: {}, expected: expectedOfDiffAugment },
  { kind: 'ada', draws: drawn(NORMAL), memory: { 'ada/p': tf.scalar(1) }, expected: expectedOfAda },
];

describe.each(AUGMENTATIONS)('$kind', ({ kind, draws, memory, expected }) => {
  const changed = (images: Tensor) =>
    seen({ kind, images, draws: draws.map((row) => tf.tensor1d(row)), memory });

  test.each([
    [8, 3],
    [8, 1],
    [7, 3],
    [12, 2],
  ])('changes images of %i pixels and %i channels as loops over their pixels do', (size, channels) => {
    const images = fill([BATCH, size, size, channels], 0);
    const named = Object.fromEntries(draws.map((row, index) => [`row${index}`, tf.tensor1d(row)]));
    const [result] = bothWays(
      ({ images: given, ...others }) => [
        seen({
          kind,
          images: given!,
          draws: draws.map((_, index) => others[`row${index}`]!),
          memory: Object.fromEntries(Object.keys(memory).map((name) => [name, others[name]!])),
        }),
      ],
      { images, ...named, ...memory },
    );
    expectClose(result!, Array.from(expected(images, draws).dataSync()), 2e-5);
  });

  test.each([
    [8, 3],
    [6, 1],
  ])('passes the gradient on, to first and second order, at %i pixels and %i channels', (size, channels) => {
    const images = fill([BATCH, size, size, channels], 0);
    const weights = fill([BATCH, size, size, channels], 5);
    const verdict = (x: Tensor) => tf.sum(tf.mul(weights, tf.pow(changed(x), 3)));
    expectNumeric(verdict as never, [images], [tf.grad(verdict)(images)]);
    const penalty = (x: Tensor) => tf.sum(tf.square(tf.grad(verdict)(x)));
    expectNumeric(penalty as never, [images], [tf.grad(penalty)(images)]);
  });
});

test('DiffAugment does only what is switched on', () => {
  const images = fill([BATCH, 8, 8, 3], 0);
  const off = { colour: false, translation: false, cutout: false };
  const through = (options: Record<string, unknown>) =>
    seen({
      kind: 'diff-augment',
      options: { ...off, ...options },
      images,
      draws: drawn().map((row) => tf.tensor1d(row)),
    });
  expect(through({})).toBe(images);
  const values = new Set(images.dataSync());
  expect(
    Array.from(through({ translation: true }).dataSync()).every((value) => value === 0 || values.has(value)),
  ).toBe(true);
  expect(
    Array.from(through({ cutout: true }).dataSync()).filter((value) => value === 0).length,
  ).toBeGreaterThan((BATCH * 3 * 16) / 2);
});

test('ADA with probability 0 leaves images as they are', () => {
  const images = fill([BATCH, 8, 8, 3], 0);
  const draws = drawn(NORMAL).map((row) => tf.tensor1d(row));
  expectClose(
    seen({ kind: 'ada', images, draws, memory: { 'ada/p': tf.scalar(0) } }),
    Array.from(images.dataSync()),
    1e-6,
  );
});

const configOf = (settings: Partial<RunConfig>): RunConfig =>
  completeConfig({
    ...DEFAULT_RUN_CONFIG,
    batch: 16,
    z: { size: 8, distribution: 'normal' },
    gan: { kind: 'dcgan', options: { width: 4 } },
    ...settings,
  });

test.each(['diff-augment', 'ada'])(
  'a penalty on the slope of D behind %s trains, compiled as op by op',
  (kind) => {
    const config = configOf({
      gan: { kind: 'dcgan', options: { width: 4, normalisation: 'layer' } },
      stabilisers: [
        { kind: 'gradient-penalty', options: {} },
        { kind, options: {} },
      ],
    });
    takeBothWays(config, { steps: 2 });
  },
);

test("ADA's probability rises while D knows the real images, and falls once it takes them for fakes", () => {
  const config = configOf({ stabilisers: [{ kind: 'ada', options: { speed: 400 } }] });
  const session = new Session(config);
  const bright = new Float32Array(config.batch * 28 * 28).fill(1);
  const won = Array.from({ length: 30 }, () => session.takeStep({ images: bright.slice() }).measures);
  const likeFakes = () =>
    generate(
      session.generator,
      drawPoints(config.z, { seed: 9, stream: 'latent', step: session.step }, config.batch),
    );
  const lost = Array.from({ length: 30 }, () => session.takeStep({ images: likeFakes() }).measures);
  session.dispose();
  const [p, overfitting] = ['ada/p', 'ada/overfitting'].map((name) =>
    [...won, ...lost].map((measures) => measures[name]!),
  );
  expect(p!.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(Math.max(...p!.slice(0, 30))).toBeGreaterThan(0.3);
  expect(p!.at(-1)).toBeLessThan(p![29]! - 0.3);
  p!.slice(1).forEach((value, index) => {
    // each move is of batch / speed, up or down as D is above or below the target
    const by = (Math.sign(overfitting![index + 1]! - 0.6) * config.batch) / 400;
    expect(value).toBeCloseTo(Math.min(1, Math.max(0, p![index]! + by)), 5);
  });
});

test('what makes no sense is refused', () => {
  const points = {
    ...DEFAULT_RUN_CONFIG.dataset,
    source: { kind: 'points', points: STUDY_POINTS.ring },
  } satisfies RunConfig['dataset'];
  const both: Choice[] = [
    { kind: 'diff-augment', options: {} },
    { kind: 'ada', options: {} },
  ];
  for (const stabiliser of both)
    expect(() =>
      configOf({ dataset: points, gan: { kind: 'mlp', options: {} }, stabilisers: [stabiliser] }),
    ).toThrow('Points of the plane');
  expect(() => configOf({ stabilisers: both })).toThrow('nothing left to adapt');
  expect(() => configOf({ loss: { kind: 'wasserstein', options: {} }, stabilisers: [both[1]!] })).toThrow(
    '0 is not where D changes its mind',
  );
});
