/**
 * No stabiliser is silently idle: with every GAN, and every loss where it matters, it changes a number of a
 * step or is refused with a reason.
 */
import { expect, test } from 'vitest';
import {
  DEFAULT_RUN_CONFIG,
  StudioError,
  STUDY_POINTS,
  withRecommended,
  type RunConfig,
} from '../contract/index.ts';
import { GANS } from '../gans/index.ts';
import { LOSSES } from '../losses/index.ts';
import { STABILISERS } from '../stabilisers/index.ts';
import { tf, type Tensors } from '../tensor.ts';
import { drawnTensors } from './drawn.ts';
import { duePhases } from './due.ts';
import { stepInputFrom } from './programs.ts';
import { completeConfig } from './complete-config.ts';
import { needsClasses, rulesOf } from './rules.ts';
import { firstState } from './state.ts';
import { trainStep } from './step.ts';
import { noiseBatch } from './test-both-ways.ts';

/**
 * In the third step means, and what adapts, differ from their start; G may have to wait for its turn. Of 32
 * labels some are flipped.
 */
const FEWEST_STEPS = 3;
const BATCH = 32;
const { options } = DEFAULT_RUN_CONFIG.dataset;

/** Small enough for a hundred pairs; a GAN that refuses points trains on small grey images. */
function configOf(gan: (typeof GANS)[number], changes: Partial<RunConfig>): RunConfig | StudioError {
  const small = Object.fromEntries(
    Object.entries({ width: 4, depth: 1 }).filter(([name]) => name in gan.options.shape),
  );
  const plain = withRecommended(DEFAULT_RUN_CONFIG, gan.recommends);
  const config: RunConfig = {
    ...plain,
    stabilisers: [],
    gan: { kind: gan.kind, options: small },
    batch: BATCH,
    z: { size: 4, distribution: 'normal' },
    classes: needsClasses({ ...plain, gan: { kind: gan.kind, options: small } }) ? ['a', 'b'] : [],
    dataset:
      gan.kind === 'mlp'
        ? { source: { kind: 'points', points: STUDY_POINTS.ring }, options, leftOut: [] }
        : {
            source: { kind: 'built-in', name: 'digits' },
            options: { ...options, size: 28, colour: 'grey' },
            leftOut: [],
          },
    ...changes,
  };
  try {
    return completeConfig(config);
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
}

/** All numbers of a few steps: losses, measures, and the state that they leave. */
function numbersOf(config: RunConfig): Record<string, number[]> {
  const rules = rulesOf(config);
  return withoutLeak(() => {
    let state: Tensors = firstState(rules, config.seed);
    const numbers: Record<string, number[]> = {};
    for (let step = 0; step < Math.max(FEWEST_STEPS, config.turns.discriminator); step++) {
      const phases = duePhases(rules, step);
      const batch = {
        ...noiseBatch(config, step),
        classes: Int32Array.from({ length: BATCH }, (_, index) => index % 2),
      };
      const input = stepInputFrom(
        drawnTensors({ config, rules, learningRateFactor: 1, step, batch, phases }),
      );
      const result = trainStep(rules, state, input);
      state = { ...state, ...result.state };
      for (const [name, value] of Object.entries({ ...result.losses, ...result.reports }))
        numbers[`${name} ${step}`] = Array.from(value.dataSync());
    }
    for (const [name, value] of Object.entries(state)) numbers[name] = Array.from(value.dataSync());
    return numbers;
  });
}

function withoutLeak<Result>(work: () => Result): Result {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}

/** Numbers that both have, or only one. */
function differ(a: Record<string, number[]>, b: Record<string, number[]>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].some((name) => {
    const [one, other] = [a[name], b[name]];
    return !one || !other
      ? (one ?? other ?? []).some((value) => value !== 0)
      : one.some((value, index) => value !== other[index]);
  });
}

const plain = new Map<string, Record<string, number[]>>();

function expectToMatter(gan: (typeof GANS)[number], kind: string, changes: Partial<RunConfig> = {}): void {
  const with_ = configOf(gan, { ...changes, stabilisers: [{ kind, options: {} }] });
  if (with_ instanceof StudioError) {
    expect(with_).toMatchObject({ code: 'senseless' });
    expect(with_.message).toMatch(/^.{20,}[.?]$/s);
    expect(with_.remedy).toMatch(/^.{10,}[.?]$/s);
    return;
  }
  const without = configOf(gan, changes);
  if (without instanceof StudioError) throw without;
  const key = JSON.stringify([gan.kind, changes]);
  const known = plain.get(key) ?? numbersOf(without);
  plain.set(key, known);
  const numbers = numbersOf(with_);
  expect(differ(numbers, known), `${kind} with ${gan.kind} changes nothing`).toBe(true);
}

test.each(GANS.flatMap((gan) => STABILISERS.map(({ kind }) => [kind, gan.kind, gan] as const)))(
  '%s with %s changes a number of the step, or is refused with a reason',
  (kind, _, gan) => expectToMatter(gan, kind),
);

/** What a stabiliser does may depend on the loss: on labels, on nodes, on what a comparison leaves. */
test.each(LOSSES.flatMap((loss) => STABILISERS.map(({ kind }) => [kind, loss.kind] as const)))(
  '%s with the loss %s changes a number of the step, or is refused with a reason',
  (kind, loss) => {
    const gan = GANS.find((each) => each.kind === 'mlp');
    if (!gan) throw new Error('There is no perceptron.');
    expectToMatter(gan, kind, { loss: { kind: loss, options: {} } });
  },
);
