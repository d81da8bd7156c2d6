import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import type { Compiled } from '../graph/index.ts';
import { weightSpecs } from '../layers/index.ts';
import { optimizerOf } from '../optimizers/index.ts';
import { expectClose, fill, pytorch } from '../reference/index.ts';
import { seedTensor } from '../step-random.ts';
import { tf, type Tensor, type Tensors } from '../tensor.ts';
import { rulesOf } from './rules.ts';
import { averageName, firstState, slotName, weightName } from './state.ts';
import { rateName, trainStep, type Rules, type StepInput } from './step.ts';
import { fullName, gradientWeights } from './take-turn.ts';
import { compiledStep, flat } from './test-step.ts';

const BATCH = 4;
const Z = 8;
const TOLERANCE = 2e-5;
const adam = optimizerOf('adam');

/** A tensor as fixtures/games.py measures it: its sum weighted by a fill, its norm and its first numbers. */
type TensorSummary = { sums: number[]; first: number[] };
type Reference = {
  losses: Record<string, number>[];
  weights: Record<string, TensorSummary[]>;
  /** Adam's mean of the gradient of each weight. */
  gradients: Record<string, TensorSummary[]>;
};

/** As fixtures/games.py has them. */
const OFFSETS: Record<string, number> = { generator: 0, discriminator: 100, encoder: 200 };
const RATES: Record<string, number> = { generator: 1e-3, discriminator: 2e-3, encoder: 3e-3 };

const config: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  batch: BATCH,
  z: { size: Z, distribution: 'normal' },
  optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, kind: 'adam', options: { beta1: 0.5 } },
  stabilisers: [],
};
const ebgan: RunConfig = {
  ...config,
  gan: { kind: 'ebgan', options: { width: 4, code: 6, upsampling: 'transposed-conv' } },
  loss: { kind: 'margin', options: { margin: 0.064 } },
  stabilisers: [{ kind: 'pulling-away', options: { weight: 0.5 } }],
};
const bigan: RunConfig = {
  ...config,
  gan: { kind: 'bigan', options: { width: 4, joint: 8, upsampling: 'transposed-conv' } },
  loss: { kind: 'non-saturating', options: {} },
};

/** Weights as fixtures/games.py has them. */
function filledState(rules: Rules): Tensors {
  const state = firstState(rules, 1);
  for (const [player, { network }] of Object.entries(rules.players))
    gradientWeights(network).forEach((name, index) => {
      const full = weightName(player, name);
      state[full] = fill(state[full]!.shape, OFFSETS[player]! + index, 0.3);
    });
  return state;
}

/** What a step is fed in which all of these phases are due. */
function inputOf({ phases, optimizerOptions: options }: Rules, step: number): StepInput {
  const rate = (player: string) =>
    tf.scalar(adam.rate({ learningRate: RATES[player]!, update: step + 1, options }));
  return {
    inputs: { real: fill([BATCH, 28, 28, 1], 10 + step, 1), z: fill([BATCH, Z], 20 + step, 1) },
    step: tf.scalar(step),
    seed: seedTensor({ seed: 1, stream: 'step', step }),
    rates: Object.fromEntries(
      phases.flatMap(({ name, moves }) => moves.map((player) => [rateName(name, player), rate(player)])),
    ),
    clip: tf.scalar(0),
    averaging: tf.scalar(0.9),
  };
}

const opened: Compiled[] = [];
afterEach(() => opened.splice(0).forEach((compiled) => compiled.dispose()));

function open(rules: Rules): Compiled {
  const compiled = compiledStep(rules, inputOf(rules, 0));
  opened.push(compiled);
  return compiled;
}

/** The first numbers relative to the largest of them, or to the root mean square of all. */
function expectMeasured(tensor: Tensor, { sums, first }: TensorSummary): void {
  const weighed = tf.sum(tf.mul(tensor, fill(tensor.shape, 5, 1)));
  const length = tf.sqrt(tf.sum(tf.square(tensor)));
  expectClose([weighed.dataSync()[0]!, length.dataSync()[0]!], sums, TOLERANCE);
  const largest = Math.max(sums[1]! / Math.sqrt(tensor.size), ...first.map(Math.abs));
  first.forEach((number, index) =>
    expect(Math.abs(tensor.dataSync()[index]! - number) / largest).toBeLessThan(TOLERANCE),
  );
}

describe.each<[string, RunConfig, Reference]>([
  ['the EBGAN with its margin and the pulling-away term', ebgan, pytorch.ebganSteps],
  ['the BiGAN, whose encoder moves with its generator,', bigan, pytorch.biganSteps],
])('two steps of %s equal PyTorch', (_, settings, reference) => {
  const rules = rulesOf(settings);

  test('in losses, in every weight of every player and in what Adam keeps of its gradient, op by op and compiled', () => {
    const compiled = open(rules);
    let state = filledState(rules);
    compiled.write(state);
    for (const [step, expected] of reference.losses.entries()) {
      const result = trainStep(rules, state, inputOf(rules, step));
      const { outputs } = compiled.run('step', flat(inputOf(rules, step)));
      for (const losses of [result.losses, outputs])
        for (const [name, loss] of Object.entries(expected)) expectClose(losses[name]!, [loss]);
      state = { ...state, ...result.state };
    }
    expect(Object.keys(rules.players).sort()).toEqual(Object.keys(reference.weights).sort());
    for (const after of [state, compiled.read()])
      for (const [player, { network }] of Object.entries(rules.players)) {
        const names = gradientWeights(network);
        expect(names).toHaveLength(reference.weights[player]!.length);
        names.forEach((name, index) => {
          const moment = slotName('first-moment', fullName(player, name));
          expectMeasured(after[weightName(player, name)]!, reference.weights[player]![index]!);
          expectMeasured(after[moment]!, reference.gradients[player]![index]!);
        });
      }
  });
});

describe('the phases of the BiGAN', () => {
  /** Names of weights, averages included, that differ after one of its phases. */
  function movedBy(phase: string): string[] {
    const rules = rulesOf(bigan);
    const due = { ...rules, phases: rules.phases.filter(({ name }) => name === phase) };
    const before = filledState(rules);
    const after = { ...before, ...trainStep(rules, before, inputOf(due, 0)).state };
    expect(Object.values(after).every((tensor) => tensor.dataSync().every(Number.isFinite))).toBe(true);
    return Object.keys(before)
      .filter((name) => /^(weights|average)\//.test(name))
      .filter((name) => {
        const moved = after[name]!.dataSync();
        return before[name]!.dataSync().some((value, index) => value !== moved[index]);
      });
  }
  const all = (player: string, nameOf: (weight: string) => string) =>
    weightSpecs(rulesOf(bigan).players[player]!.network).map(({ name }) => nameOf(name));

  test('move D alone, and then G and E with their statistics and their averages', () => {
    expect(movedBy('discriminator').sort()).toEqual(
      all('discriminator', (name) => weightName('discriminator', name)).sort(),
    );
    expect(movedBy('generator').sort()).toEqual(
      ['generator', 'encoder']
        .flatMap((player) => [
          ...all(player, (name) => weightName(player, name)),
          ...all(player, (name) => averageName(rulesOf(bigan), player, name)),
        ])
        .sort(),
    );
  });
});
