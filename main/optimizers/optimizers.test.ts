import { afterEach, describe, expect, test } from 'vitest';
import { compile, type Compiled, type PureStep } from '../graph/index.ts';
import { expectClose, fill, pytorch } from '../reference/index.ts';
import { tf, type Scalar, type Tensors } from '../tensor.ts';
import { OPTIMIZERS, optimizerOf, scheduleFactor, type Optimizer } from './index.ts';

const opened: Compiled[] = [];
afterEach(() => opened.splice(0).forEach((compiled) => compiled.dispose()));

const REFERENCES: [string, string, Record<string, unknown>, number[][]][] = [
  ['Adam', 'adam', { beta1: 0.5, beta2: 0.999 }, pytorch.adam],
  ['RMSProp', 'rmsprop', { decay: 0.99, momentum: 0, epsilon: 'outside' }, pytorch.rmsprop.plain],
  [
    'RMSProp with momentum',
    'rmsprop',
    { decay: 0.99, momentum: 0.9, epsilon: 'outside' },
    pytorch.rmsprop.momentum,
  ],
  [
    'RMSProp with epsilon inside',
    'rmsprop',
    { decay: 0.99, momentum: 0, epsilon: 'inside' },
    pytorch.rmspropTensorFlow.plain,
  ],
  [
    'RMSProp with momentum and epsilon inside',
    'rmsprop',
    { decay: 0.99, momentum: 0.9, epsilon: 'inside' },
    pytorch.rmspropTensorFlow.momentum,
  ],
  ['SGD with momentum', 'sgd', { momentum: 0.9 }, pytorch.sgdMomentum],
];

function stepOf({ slots, update }: Optimizer, options: Record<string, unknown>): PureStep {
  const names = ['weight', ...slots];
  return (state, { gradient, rate }) => {
    const [weight, ...kept] = names.map((name) => state[name]!);
    const after = update({
      weight: weight!,
      slots: kept,
      gradient: gradient!,
      rate: rate as Scalar,
      options,
    });
    return { state: Object.fromEntries(names.map((name, index) => [name, after[index]!])), outputs: {} };
  };
}

describe.each(REFERENCES)('%s', (_, kind, options, reference) => {
  const optimizer = optimizerOf(kind);
  const beginning = (): Tensors => ({
    weight: fill([6], 0),
    ...Object.fromEntries(optimizer.slots.map((slot) => [slot, tf.zeros([6])])),
  });
  const given = (update: number): Tensors => ({
    gradient: fill([6], update),
    rate: tf.scalar(optimizer.rate({ learningRate: 0.01, update, options })),
  });

  test('equals its reference over five updates, op by op and as the fused operation', () => {
    const step = stepOf(optimizer, options);
    const compiled = compile({ state: beginning(), programs: { step: { step, inputs: given(1) } } });
    opened.push(compiled);
    let state = beginning();
    reference.forEach((expected, index) => {
      state = step(state, given(index + 1)).state;
      compiled.run('step', given(index + 1));
      expectClose(state['weight']!, expected, 2e-5);
      expectClose(compiled.read(['weight'])['weight']!, expected, 2e-5);
    });
  });
});

test.each([
  ['outside', 1 / 11], // 1e-6 / (1e-7 + 1e-8) times the rate
  ['inside', 1e-4], // 1e-6 / sqrt(1e-14 + 1e-8) times the rate
])('RMSProp with epsilon %s moves a weight with a gradient of 1e-6 by %d', (epsilon, expected) => {
  const step = stepOf(optimizerOf('rmsprop'), { decay: 0.99, momentum: 0, epsilon });
  const state = { 'weight': tf.zeros([1]), 'mean-square': tf.zeros([1]), 'momentum': tf.zeros([1]) };
  const { weight } = step(state, { gradient: tf.fill([1], 1e-6), rate: tf.scalar(0.01) }).state;
  expectClose(weight!, [-expected], 1e-4);
});

test('every optimiser of the catalogue has a reference', () => {
  expect(new Set(REFERENCES.map(([, kind]) => kind))).toEqual(new Set(OPTIMIZERS.map(({ kind }) => kind)));
});

test('an unknown optimiser is refused', () => {
  expect(() => optimizerOf('none')).toThrow('There is no optimiser "none".');
});

describe('a schedule', () => {
  const fall = { from: 100, over: 200, floor: 0.1 };
  test.each([
    ['constant', [1, 1, 1, 1, 1]],
    ['linear', [1, 1, 0.55, 0.1, 0.1]],
    ['cosine', [1, 1, 0.55, 0.1, 0.1]],
  ] as const)('%s', (kind, expected) => {
    [0, 100, 200, 300, 10_000].forEach((step, index) =>
      expect(scheduleFactor({ kind, ...fall }, step)).toBeCloseTo(expected[index]!, 10),
    );
  });

  test('a cosine leaves slowly and arrives slowly', () => {
    expect(scheduleFactor({ kind: 'cosine', ...fall }, 150)).toBeCloseTo(
      0.1 + (0.9 * (1 + Math.SQRT1_2)) / 2,
      10,
    );
  });
});
