import { describe, expect, test } from 'vitest';
import { bothWays, expectClose, fill, pytorch } from '../reference/index.ts';
import { tf, type Scalar, type Tensor } from '../tensor.ts';
import type { Labels, Objective, Logits } from '../game/index.ts';
import { lossOf, LOSSES, objectiveOf } from './index.ts';

const TURNS = ['discriminator', 'generator', 'encoder'] as const;
type Turn = (typeof TURNS)[number];
type LossNumbers = { value: number; gradients: number[][] };
type Case = { options: Record<string, unknown> } & Record<Turn, LossNumbers>;
type Labelled = LossNumbers & { options: Record<string, unknown>; labels: Labels };

const fixtures: Record<string, Case[] | undefined> = pytorch.losses;
const labelled: Record<string, Labelled | undefined> = pytorch.labelledLosses;
const cases = LOSSES.flatMap(({ kind }) =>
  (fixtures[kind] ?? []).flatMap((reference) =>
    TURNS.map((turn) => ({ kind, turn, options: reference.options, reference: reference[turn] })),
  ),
);

/** The logits of make_fixtures.py. */
const logitsFor = (kind: string): Logits => {
  const { nodes } = lossOf(kind);
  return { real: fill([4, nodes], 0, 3), fake: fill([4, nodes], 1, 3) };
};

/** Energies from 0 to the margin; beyond it, exchanging real and fake would change D's part. */
const energiesUpTo = (margin: number): Logits => ({
  real: tf.mul(margin, tf.sigmoid(fill([4, 1], 0, 3))),
  fake: tf.mul(margin, tf.sigmoid(fill([4, 1], 1, 3))),
});

/** A loss and its gradients with respect to real and fake logits; zeros for those that it does not use. */
function measure({
  objective,
  turn,
  real,
  fake,
}: { objective: Objective; turn: Turn } & Logits): [Scalar, Tensor, Tensor] {
  const { value, grads } = tf.valueAndGrads((r: Tensor, f: Tensor) =>
    tf.add<Scalar>(objective[turn]({ real: r, fake: f }), tf.mul(0, tf.add(tf.sum(r), tf.sum(f)))),
  )([real, fake]);
  return [value, grads[0]!, grads[1]!];
}

/** dL / d(logit) as (L(v + h) - L(v - h)) / 2h, for every number of `moved` in turn. */
function numericGradient(loss: (logit: Tensor) => Scalar, moved: Tensor): number[] {
  const h = 0.01;
  const values = moved.dataSync();
  return Array.from(values, (_, index) => {
    const at = (offset: number) =>
      loss(
        tf.tensor(
          values.map((value, other) => (other === index ? value + offset : value)),
          moved.shape,
        ),
      ).dataSync()[0]!;
    return (at(h) - at(-h)) / (2 * h);
  });
}

test('every loss has its numbers from PyTorch', () => {
  expect(Object.keys(fixtures).sort()).toEqual(LOSSES.map(({ kind }) => kind).sort());
});

describe.each(cases)(
  'the $kind loss in the turn of the $turn with $options',
  ({ kind, turn, options, reference }) => {
    const objective = objectiveOf({ kind, options });

    test('equals PyTorch in value and in the gradient of every logit, op by op and compiled', () => {
      const [value, byReal, byFake] = bothWays(
        ({ real, fake }) => measure({ objective, turn, real: real!, fake: fake! }),
        logitsFor(kind),
      );
      expectClose(value!, [reference.value]);
      [byReal, byFake].forEach((found, index) => expectClose(found!, reference.gradients[index]!));
    });

    test('has the gradients that finite differences give', () => {
      const { real, fake } = logitsFor(kind);
      const [, byReal, byFake] = measure({ objective, turn, real, fake });
      expectClose(
        byReal,
        numericGradient((logit) => objective[turn]({ real: logit, fake }), real),
        2e-3,
      );
      expectClose(
        byFake,
        numericGradient((logit) => objective[turn]({ real, fake: logit }), fake),
        2e-3,
      );
    });

    test('is finite, and so are its gradients, when D is certain, rightly or wrongly', () => {
      const { nodes } = lossOf(kind);
      for (const certain of [200, -200]) {
        const [real, fake] = [certain, -certain].map((node) =>
          tf.tensor2d([nodes === 1 ? [node] : [node, -node]]),
        );
        const numbers = measure({ objective, turn, real: real!, fake: fake! }).flatMap((tensor) =>
          Array.from(tensor.dataSync()),
        );
        expect(numbers.every(Number.isFinite), String(numbers)).toBe(true);
      }
    });
  },
);

describe('with the label of real images at 0.9', () => {
  test('each loss that takes labels has its numbers from PyTorch', () => {
    expect(Object.keys(labelled).sort()).toEqual(
      LOSSES.filter(({ takesLabels }) => takesLabels)
        .map(({ kind }) => kind)
        .sort(),
    );
  });

  test.each(Object.keys(labelled))(
    'the %s loss equals PyTorch in value and in the gradient of every logit',
    (kind) => {
      const { options, labels, value, gradients } = labelled[kind]!;
      const { discriminator, ...rest } = objectiveOf({ kind, options });
      const objective = { ...rest, discriminator: (logits: Logits) => discriminator(logits, labels) };
      const [found, ...ours] = bothWays(
        ({ real, fake }) => measure({ objective, turn: 'discriminator', real: real!, fake: fake! }),
        logitsFor(kind),
      );
      expectClose(found!, [value]);
      ours.forEach((each, index) => expectClose(each, gradients[index]!));
    },
  );

  test('a loss without labels equals that with the labels 1 and 0', () => {
    for (const kind of Object.keys(labelled)) {
      const { discriminator } = objectiveOf({ kind, options: {} });
      const [plain, labelled] = [
        discriminator(logitsFor(kind)),
        discriminator(logitsFor(kind), { real: 1, fake: 0 }),
      ];
      expect(labelled.dataSync()).toEqual(plain.dataSync());
    }
  });
});

describe('when D is certain that the images of G are fake', () => {
  const gradientAt = (kind: string, logit: number[], options = {}) => {
    const fake = tf.tensor2d([logit]);
    return Array.from(
      measure({
        objective: objectiveOf({ kind, options }),
        turn: 'generator',
        real: tf.neg(fake),
        fake,
      })[2].dataSync(),
    );
  };

  test('G’s gradient vanishes with the minimax loss and stays strong with the non-saturating one', () => {
    expect(gradientAt('minimax', [-200])[0]).toBeCloseTo(0, 30);
    expect(gradientAt('non-saturating', [-200])).toEqual([-1]);
    expect(gradientAt('minimax', [-10])[0]).toBeCloseTo(-1 / (1 + Math.exp(10)), 9);
    expect(gradientAt('non-saturating', [-10])[0]).toBeCloseTo(-1 / (1 + Math.exp(-10)), 6);
  });

  test('it is the same with two nodes', () => {
    expect(gradientAt('two-node', [-100, 100])).toEqual([-1, 1]);
    gradientAt('two-node', [-100, 100], { saturating: true }).forEach((number) =>
      expect(number).toBeCloseTo(0, 30),
    );
  });
});

test('only the relativistic loss uses D’s logits on real images in the generator’s turn', () => {
  const usesReal = LOSSES.filter(({ kind }) => {
    const [, byReal] = measure({
      objective: objectiveOf({ kind, options: {} }),
      turn: 'generator',
      ...logitsFor(kind),
    });
    return byReal.dataSync().some((number) => number !== 0);
  });
  expect(usesReal.map(({ kind }) => kind)).toEqual(['relativistic-average']);
});

describe('an encoder, which wants D to take its real pairs for fakes,', () => {
  const settings = LOSSES.flatMap((loss) =>
    (fixtures[loss.kind] ?? []).map(({ options }) => ({ kind: loss.kind, options, loss })),
  );

  test.each(settings.filter(({ loss }) => loss.exchanged !== 'comparison'))(
    'minimises under $kind with $options what G does, with real and fake exchanged, which changes nothing for D',
    ({ kind, options, loss: { exchanged = tf.neg, options: schema } }) => {
      if (exchanged === 'comparison') throw new Error('The loss compares.');
      const { discriminator, generator, encoder } = objectiveOf({ kind, options });
      const { real, fake } = kind === 'margin' ? energiesUpTo(Number(options['margin'])) : logitsFor(kind);
      const turned = (logit: Tensor) => exchanged(logit, schema.parse(options));
      const other = { real: turned(fake), fake: turned(real) };
      expectClose(discriminator(other), [discriminator({ real, fake }).dataSync()[0]!]);
      expectClose(encoder({ real, fake }), [generator(other).dataSync()[0]!]);
      expectClose(encoder(other), [generator({ real, fake }).dataSync()[0]!]);
    },
  );

  test('adds nothing to a loss in which G’s part uses real logits', () => {
    const comparing = settings.filter(({ loss }) => loss.exchanged === 'comparison');
    expect(comparing.map(({ kind }) => kind)).toEqual(['relativistic-average']);
    for (const { kind, options } of comparing)
      expect(objectiveOf({ kind, options }).encoder(logitsFor(kind)).dataSync()[0]).toBe(0);
  });
});

test('a loss takes its options from the choice, and defaults for the rest', () => {
  const loss = (options: Record<string, unknown>) =>
    objectiveOf({ kind: 'least-squares', options }).generator(logitsFor('least-squares')).dataSync()[0];
  expect(loss({})).toBe(loss({ target: 1 }));
  expect(loss({})).not.toBe(loss({ target: 0 }));
  expect(() => loss({ target: 'one' })).toThrow();
});

test('an unknown loss is refused', () => {
  expect(() => lossOf('none')).toThrow('There is no loss "none".');
});
