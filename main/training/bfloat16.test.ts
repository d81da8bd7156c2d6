/**
 * Steps in bfloat16: near those in float32 in every GAN, loss and stabiliser, rounded alike op by op and
 * compiled, and resumed bit for bit.
 */
import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, withRecommended, type Precision, type RunConfig } from '../contract/index.ts';
import { GANS } from '../gans/index.ts';
import { LOSSES } from '../losses/index.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../runs/checkpoint-file.ts';
import { STABILISERS } from '../stabilisers/index.ts';
import { tf, type Scalar } from '../tensor.ts';
import { completeConfig } from './complete-config.ts';
import { rulesOf } from './rules.ts';
import { Session } from './session.ts';
import { firstState } from './state.ts';
import { trainStep } from './step.ts';
import { noiseBatch } from './test-both-ways.ts';

/**
 * How far a loss may lie from float32's, relative to its size: with 8 significant bits, a unit sometimes
 * falls on the other side of a kink, and these networks have few units.
 */
const OF_LOSS = 0.03;
const LEAST = 0.2;
/** The same for the norm of a gradient. */
const OF_LENGTH = 0.1;

const base: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  batch: 8,
  precision: 'bfloat16',
  classes: ['cats', 'dogs'],
  dataset: {
    ...DEFAULT_RUN_CONFIG.dataset,
    options: { ...DEFAULT_RUN_CONFIG.dataset.options, size: 32, colour: 'rgb' },
  },
};
const narrow = (kind: string, options: Record<string, unknown> = {}) => ({
  kind,
  options: { width: 4, ...options },
});
const dcgan = (changes: Partial<RunConfig>, options: Record<string, unknown> = {}): RunConfig => ({
  ...base,
  gan: narrow('dcgan', options),
  ...changes,
});

/** Penalties on D’s gradient want a D that judges each picture by itself. */
const ALONE = ['gradient-penalty', 'r1', 'dragan-penalty'];
const CASES: [string, RunConfig][] = [
  ...GANS.map(({ label, kind, recommends }): [string, RunConfig] => [
    label,
    { ...withRecommended(base, recommends), gan: narrow(kind), batch: 8 },
  ]),
  // The margin loss is EBGAN’s, which is among the GANs.
  ...LOSSES.filter(({ kind }) => kind !== 'margin').map(({ kind }): [string, RunConfig] => [
    kind,
    dcgan({ loss: { kind, options: {} } }),
  ]),
  ...STABILISERS.map(({ kind }): [string, RunConfig] => [
    kind,
    dcgan({ stabilisers: [{ kind, options: {} }] }, ALONE.includes(kind) ? { normalisation: 'none' } : {}),
  ]),
];

const batchOf = (config: RunConfig, step: number) => ({
  ...noiseBatch(config, step),
  ...(config.classes.length > 0 && {
    classes: Uint16Array.from({ length: config.batch }, (_, at) => at % 2),
  }),
});

/** Losses and norms of the gradients of the first step, op by op in both precisions and compiled. */
function firstStep(config: RunConfig) {
  const session = new Session(config);
  const input = session.inputsOf({ step: 0, ...batchOf(config, 0) });
  const { losses: compiled } = session.takeStep(batchOf(config, 0));
  session.dispose();
  const opByOp = (precision: Precision) => {
    const rules = { ...rulesOf(config), precision };
    const { losses, gradientSizes } = trainStep(rules, firstState(rules, config.seed), input);
    const numbers = (scalars: Record<string, Scalar>) =>
      Object.fromEntries(Object.entries(scalars).map(([name, scalar]) => [name, scalar.dataSync()[0]!]));
    return { losses: numbers(losses), sizes: numbers(gradientSizes) };
  };
  return { compiled, float32: opByOp('float32'), bfloat16: opByOp('bfloat16') };
}

function expectNear(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThan(OF_LOSS * Math.max(LEAST, Math.abs(expected)));
}

test.each(CASES)('%s: a step is near one in float32, and compiled as op by op', (_, config) => {
  const { compiled, float32, bfloat16 } = firstStep(completeConfig(config));
  for (const [phase, loss] of Object.entries(compiled)) {
    expectNear(loss, float32.losses[phase]!);
    expectNear(loss, bfloat16.losses[phase]!);
    const ratio = Math.sqrt(bfloat16.sizes[phase]! / float32.sizes[phase]!);
    expect(Math.abs(ratio - 1)).toBeLessThan(OF_LENGTH);
    expect(bfloat16.sizes[phase]).not.toBe(float32.sizes[phase]);
  }
});

describe('a run in bfloat16', () => {
  const config = completeConfig(dcgan({}));
  const losses = (session: Session, steps: number) =>
    Array.from({ length: steps }, () => session.takeStep(batchOf(config, session.step)).losses);

  test('resumes bit for bit from its checkpoint, which names the precision', () => {
    const whole = new Session(config);
    const expected = losses(whole, 6);
    whole.dispose();
    const first = new Session(config);
    losses(first, 3);
    const bytes = encodeCheckpoint(first.checkpoint());
    first.dispose();
    const checkpoint = decodeCheckpoint(bytes, 'file');
    expect(checkpoint.precision).toBe('bfloat16');
    const again = new Session(config, checkpoint);
    expect(losses(again, 3)).toEqual(expected.slice(3));
    again.dispose();
  });

  test('keeps its state in float32, and leaves no memory behind op by op', () => {
    const session = new Session(config);
    const { tensors } = session.checkpoint();
    expect(Object.values(tensors).every(({ values }) => values instanceof Float32Array)).toBe(true);
    const input = session.inputsOf({ step: 0, ...batchOf(config, 0) });
    const left = (precision: Precision) => {
      const rules = { ...rulesOf(config), precision };
      const state = firstState(rules, config.seed);
      const before = tf.memory().numTensors;
      tf.tidy(() => trainStep(rules, state, input).valid).dispose();
      return tf.memory().numTensors - before;
    };
    expect(left('bfloat16')).toBe(left('float32'));
    session.dispose();
  });
});
