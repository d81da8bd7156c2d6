import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type Choice, type RunConfig } from '../contract/index.ts';
import { drawPoints, generate } from '../explore/index.ts';
import { expectNumeric } from '../layers/test-layer.ts';
import { objectiveOf } from '../losses/index.ts';
import { bothWays, expectClose, fill } from '../reference/index.ts';
import type { StepRandom } from '../step-random.ts';
import { tf, type Tensor, type Tensors } from '../tensor.ts';
import { completeConfig } from '../training/complete-config.ts';
import { takeBothWays } from '../training/test-both-ways.ts';
import { Session } from '../training/session.ts';
import type { PlayedPhase, Turn } from '../game/index.ts';
import { stabiliserOf } from './index.ts';
import { BATCH, drawn, expectedOfAda, expectedOfDiffAugment } from './test-augmentation.ts';

/** What D sees of images behind a stabiliser that draws these numbers, one row for each call. */
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
  let judged: Tensor | undefined;
  const phase: PlayedPhase = {
    name: 'generator',
    moves: ['generator'],
    roles: ['generator'],
    everySteps: 1,
    minimises: (turn) => {
      judged = turn.judge({ image: images }, 'fake').logit;
      return tf.scalar(0);
    },
  };
  const turn: Turn = {
    inputs: { real: images, z: images },
    step: tf.scalar(0),
    loss: objectiveOf({ kind: 'hinge', options: {} }),
    random,
    memory,
    run: () => ({}),
    reals: () => ({ image: images }),
    fakes: () => ({ image: images }),
    judge: ({ image }) => ({ logit: image! }),
    weights: () => ({}),
    remember: () => undefined,
    report: () => undefined,
  };
  const { turn: changed, options: schema } = stabiliserOf(kind);
  changed!(phase, schema.parse(options)).minimises(turn);
  return judged!;
}

/** Which draws of ADA are from the normal distribution: zoom, brightness, contrast, saturation. */
const NORMAL = [4, 9, 11, 15];
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
    const logit = (x: Tensor) => tf.sum(tf.mul(weights, tf.pow(changed(x), 3)));
    expectNumeric(logit as never, [images], [tf.grad(logit)(images)]);
    const penalty = (x: Tensor) => tf.sum(tf.square(tf.grad(logit)(x)));
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
  'a penalty on the gradient of D behind %s trains, compiled as op by op',
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

test('ADA’s probability rises while D knows the real images, and falls once it takes them for fakes', () => {
  const config = configOf({ stabilisers: [{ kind: 'ada', options: { speed: 400 } }] });
  const session = new Session(config);
  const bright = new Float32Array(config.batch * 28 * 28).fill(1);
  const won = Array.from({ length: 30 }, () => session.takeStep({ images: bright.slice() }).measures);
  const likeFakes = () =>
    generate(
      session.model,
      drawPoints(session.model.latent, { seed: 9, stream: 'latent', step: session.step }, config.batch),
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
    // each change is batch / speed, up or down as D is above or below the target
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
    '0 is not the border between real and fake',
  );
});
