import { describe, expect, test } from 'vitest';
import { expectNumeric } from '../layers/test-layer.ts';
import { objectiveOf } from '../losses/index.ts';
import { bothWays, expectClose, fill, pytorch } from '../reference/index.ts';
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import { weightName } from '../training/state.ts';
import { BATCH, givenOf, movingWeights, settingOf, turnOn, type Setting } from '../training/test-turn.ts';
import type { Labels, Objective } from '../game/index.ts';
import { STABILISERS } from './index.ts';
import { likeness } from './pulling-away.ts';

type Case = { options: Record<string, unknown>; moves: string; value: number; gradients: number[][] };

const fixtures: Record<string, Case[]> = pytorch.stabilisers;
const cases = Object.entries(fixtures).flatMap(([kind, group]) =>
  group.map((reference) => ({ kind, ...reference })),
);

/** Augmentations are compared with pixels in augmentation.test.ts; clipping has no part in a turn. */
const ELSEWHERE = ['ada', 'diff-augment', 'weight-clipping'];

test('every stabiliser that has a part in a turn has its numbers from PyTorch', () => {
  expect([...Object.keys(fixtures), ...ELSEWHERE].sort()).toEqual(STABILISERS.map(({ kind }) => kind).sort());
});

/** What the moving network minimises, as a function of its weights alone. */
function minimised(setting: Setting, given: Tensors) {
  const names = Object.keys(movingWeights(setting, given));
  const [moves = ''] = setting.phase.moves;
  return (...values: Tensor[]): Scalar => {
    const moved = Object.fromEntries(names.map((name, index) => [weightName(moves, name), values[index]!]));
    return turnOn(setting, { ...given, ...moved }).loss;
  };
}

describe.each(cases)(
  '$kind with $options in the turn of the $moves',
  ({ kind, options, moves, value, gradients }) => {
    test('equals PyTorch in value and in the gradient of every weight, op by op and compiled', () => {
      const setting = settingOf({ stabilisers: [{ kind, options }], moves });
      const [loss, ...ours] = bothWays((inputs) => {
        const result = turnOn(setting, inputs);
        return [result.loss, ...Object.values(result.gradients)];
      }, givenOf(setting));
      expectClose(loss!, [value]);
      expect(ours).toHaveLength(gradients.length);
      ours.forEach((each, index) => expectClose(each, gradients[index]!, 2e-5));
    });
  },
);

// Except where the gradient treats as a constant what depends on the weights: the mean of historical
// averaging, and u and v of spectral norm.
test.each(cases.filter(({ kind }) => kind !== 'historical-averaging' && kind !== 'spectral-norm'))(
  '$kind with $options has the gradients that finite differences give, in the turn of the $moves',
  ({ kind, options, moves }) => {
    const setting = settingOf({ stabilisers: [{ kind, options }], moves });
    const given = givenOf(setting);
    expectNumeric(
      minimised(setting, given),
      Object.values(movingWeights(setting, given)),
      Object.values(turnOn(setting, given).gradients),
    );
  },
);

test('label flips exchange the logits of a pair where the draw is below the probability, and leave labels as they were', () => {
  const seen: { real: Float32Array; fake: Float32Array; labels: Labels | undefined }[] = [];
  const listening: Objective = {
    ...objectiveOf({ kind: 'hinge', options: {} }),
    discriminator({ real, fake }, labels) {
      seen.push({ real: real.dataSync<'float32'>(), fake: fake.dataSync<'float32'>(), labels });
      return tf.sum<Scalar>(tf.add(real, fake));
    },
  };
  const smoothed = { kind: 'label-smoothing', options: {} };
  for (const stabilisers of [
    [smoothed, { kind: 'label-flips', options: { probability: 0.5 } }],
    [smoothed],
  ]) {
    const setting = settingOf({ stabilisers, moves: 'discriminator' });
    turnOn(setting, givenOf(setting), listening);
  }
  const [flipped, plain] = seen;
  const wrong = Array.from({ length: BATCH }, (_, index) => 0.5 * Math.sin(0.7 * index + 40) + 0.5 < 0.5);
  expect(new Set(wrong).size).toBe(2);
  expectClose(
    flipped!.real,
    Array.from(plain!.real, (logit, index) => (wrong[index] ? plain!.fake[index]! : logit)),
  );
  expectClose(
    flipped!.fake,
    Array.from(plain!.fake, (logit, index) => (wrong[index] ? plain!.real[index]! : logit)),
  );
  expect(flipped!.labels).toEqual({ real: 0.9, fake: 0 });
});

test.each([2, 4])('packing by %i makes D judge fewer subjects, of that many images each', (images) => {
  const setting = settingOf({
    stabilisers: [{ kind: 'packing', options: { images } }],
    moves: 'discriminator',
  });
  const shapes: number[][] = [];
  const loss = objectiveOf({ kind: 'non-saturating', options: {} });
  turnOn(setting, givenOf(setting), {
    ...loss,
    discriminator(logits) {
      shapes.push(logits.real.shape, logits.fake.shape);
      return loss.discriminator(logits);
    },
  });
  expect(shapes).toEqual([
    [BATCH / images, 1],
    [BATCH / images, 1],
  ]);
});

test('packed images are joined along their channels', () => {
  const { phase } = settingOf({
    stabilisers: [{ kind: 'packing', options: { images: 2 } }],
    moves: 'discriminator',
  });
  const seen: number[][][][][] = [];
  const colours = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [4, 1, 1, 2]);
  phase.minimises({
    inputs: { real: colours, z: colours },
    step: tf.scalar(0),
    memory: {},
    random: { normal: tf.zeros, uniform: tf.zeros },
    loss: {
      discriminator: () => tf.scalar(0),
      generator: () => tf.scalar(0),
      encoder: () => tf.scalar(0),
    },
    run: () => ({}),
    reals: () => ({ image: colours }),
    fakes: () => ({ image: colours }),
    weights: () => ({}),
    remember: () => undefined,
    report: () => undefined,
    judge({ image }) {
      seen.push(image!.arraySync() as number[][][][]);
      return { logit: image! };
    },
  });
  expect(seen).toEqual([
    [[[[1, 2, 3, 4]]], [[[5, 6, 7, 8]]]],
    [[[[1, 2, 3, 4]]], [[[5, 6, 7, 8]]]],
  ]);
});

test('feature matching leaves D its loss, and what a GAN adds to the loss of G', () => {
  const plain = settingOf({ stabilisers: [], moves: 'discriminator' });
  const matched = settingOf({
    stabilisers: [{ kind: 'feature-matching', options: {} }],
    moves: 'discriminator',
  });
  expectClose(turnOn(matched, givenOf(matched)).loss, [turnOn(plain, givenOf(plain)).loss.dataSync()[0]!]);

  const { active, phase, players } = settingOf({
    stabilisers: [{ kind: 'feature-matching', options: {} }],
    moves: 'generator',
  });
  const extended = active[0]!.stabiliser.turn!(
    {
      ...phase,
      minimises: ({ loss, judge, fakes, reals }) =>
        tf.add<Scalar>(
          loss.generator({ real: judge(reals(), 'real').logit, fake: judge(fakes(), 'fake').logit }),
          5,
        ),
    },
    active[0]!.options,
  );
  const given = givenOf({ active, phase, players });
  const own = turnOn({ active, phase, players }, given).loss.dataSync()[0]!;
  expectClose(turnOn({ active, players, phase: extended }, given).loss, [own + 5]);
});

describe('the likeness of features', () => {
  const measure = ({ features }: Tensors) => {
    const { value, grad } = tf.valueAndGrad((x: Tensor) => likeness(x))(features!);
    return [value, grad];
  };

  test('equals PyTorch in value and gradient, op by op and compiled', () => {
    const [value, gradient] = bothWays(measure, { features: fill([4, 5], 0) });
    expectClose(value!, [pytorch.likeness.value]);
    expectClose(gradient!, pytorch.likeness.gradient, 2e-5);
  });

  test('is 1 between features that point one way or the opposite one, however long they are, and 0 between others', () => {
    expectClose(likeness(tf.tensor2d([[1, 2], [10, 20], [-0.1, -0.2]])), [1]); // prettier-ignore
    expectClose(likeness(tf.tensor2d([[3, 0], [0, 0.5]])), [0]); // prettier-ignore
  });

  test('is finite, and so is its gradient, where a row of features is 0', () => {
    const [value, gradient] = measure({ features: tf.tensor2d([[1, 2], [0, 0], [2, 1]]) }); // prettier-ignore
    expectClose(value!, [0.64 / 3]);
    expect(gradient!.dataSync().every(Number.isFinite)).toBe(true);
  });
});

test('two penalties on the gradient of D add up', () => {
  const loss = (...kinds: string[]) => {
    const setting = settingOf({
      stabilisers: kinds.map((kind) => ({ kind, options: {} })),
      moves: 'discriminator',
    });
    return turnOn(setting, givenOf(setting)).loss.dataSync()[0]!;
  };
  expect(loss('r1', 'gradient-penalty') - loss('gradient-penalty')).toBeCloseTo(loss('r1') - loss(), 4);
});
