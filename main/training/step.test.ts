import { afterEach, describe, expect, test } from 'vitest';
import { ganOf, type GanInput } from '../gans/index.ts';
import { oneAgainstOne } from '../gans/one-against-one.ts';
import type { Compiled } from '../graph/index.ts';
import { forward, weightSpecs } from '../layers/index.ts';
import { objectiveOf } from '../losses/index.ts';
import { optimizerOf } from '../optimizers/index.ts';
import { expectClose, fill, pytorch } from '../reference/index.ts';
import { seedTensor, stepRandom } from '../step-random.ts';
import { tf, type Tensors } from '../tensor.ts';
import { withRoles } from './rules.ts';
import { compiledStep, flat } from './test-step.ts';
import { averageName, firstState, partOf, weightName } from './state.ts';
import { rateName, trainStep, type Rules, type StepInput } from './step.ts';
import { gradientWeights, takeTurn } from './take-turn.ts';

const BATCH = 4;
const Z = 8;
const adam = optimizerOf('adam');
const gan = ganOf('dcgan');
const given: GanInput = {
  options: { width: 4, upsampling: 'transposed-conv' },
  image: { size: 28, channels: 1 },
  z: { size: Z, distribution: 'normal' },
  nodes: 1,
  classes: 0,
};
const players = gan.players(given);
const rules: Rules = {
  players,
  sources: gan.sources(given),
  game: oneAgainstOne,
  uses: gan.uses,
  phases: gan.phases(given).map((phase) => withRoles(phase, players)),
  loss: objectiveOf({ kind: 'non-saturating', options: {} }),
  optimizer: adam,
  optimizerOptions: adam.options.parse({ beta1: 0.5 }),
  precision: 'float32',
  clips: false,
  memory: {},
  moved: (_role, weights) => weights,
};

/** Weights as make_fixtures.py has them. */
function filledState(given = rules): Tensors {
  const state = firstState(given, 1);
  for (const [player, { network }] of Object.entries(given.players)) {
    weightSpecs(network)
      .filter(({ movedBy }) => movedBy === 'gradient')
      .forEach(({ name, shape }, index) => {
        state[weightName(player, name)] = fill(shape, index, 0.1);
      });
  }
  for (const [name, weight] of Object.entries(partOf(state, weightName('generator', ''))))
    state[averageName(given, 'generator', name)] = tf.add(weight, 0);
  return state;
}

function input(step: number, phases = ['discriminator', 'generator']): StepInput {
  const rate = () =>
    tf.scalar(adam.rate({ learningRate: 2e-3, update: step + 1, options: rules.optimizerOptions }));
  return {
    inputs: { real: fill([BATCH, 28, 28, 1], 10 + step, 1), z: fill([BATCH, Z], 20 + step, 1) },
    step: tf.scalar(step),
    seed: seedTensor({ seed: 1, stream: 'step', step }),
    rates: Object.fromEntries(phases.map((phase) => [rateName(phase, phase), rate()])),
    clip: tf.scalar(0.5),
    averaging: tf.scalar(0.9),
  };
}

describe('a training step', () => {
  test('two steps of DCGAN equal PyTorch in losses and in every weight, op by op and compiled', () => {
    const compiled = open(rules);
    let state = filledState();
    compiled.write(state);
    for (const [step, reference] of pytorch.dcganSteps.losses.entries()) {
      const result = trainStep(rules, state, input(step));
      const { outputs } = compiled.run('step', flat(input(step)));
      for (const losses of [result.losses, outputs]) {
        expectClose(losses['discriminator']!, [reference.discriminator]);
        expectClose(losses['generator']!, [reference.generator]);
      }
      state = { ...state, ...result.state };
    }
    for (const after of [state, compiled.read()]) {
      for (const [name, sums] of Object.entries(pytorch.dcganSteps.weights)) {
        gradientWeights(players[name]!.network).forEach((weight, index) => {
          const tensor = after[weightName(name, weight)]!;
          expectClose(
            [tf.sum(tensor).dataSync()[0]!, tf.sum(tf.square(tensor)).dataSync()[0]!],
            sums[index]!,
            2e-3,
          );
        });
      }
    }
  });

  test('the discriminator does not move in the generator’s turn, nor the generator in the discriminator’s', () => {
    for (const [still, phase] of [
      ['discriminator', 'generator'],
      ['generator', 'discriminator'],
    ] as const) {
      const before = filledState();
      const after = { ...before, ...trainStep(rules, before, input(0, [phase])).state };
      const weights = (state: Tensors, network: string) => partOf(state, weightName(network, ''));
      expect(changed(weights(before, still), weights(after, still))).toEqual([]);
      expect(changed(weights(before, phase), weights(after, phase))).toEqual(
        Object.keys(weights(before, phase)),
      );
    }
  });

  test('the generator’s gradient equals a numeric derivative through the discriminator', () => {
    const state = filledState();
    const fed = input(0);
    const {
      inputs: { z },
      seed,
    } = fed;
    const phase = gan.phases(given).find(({ name }) => name === 'generator')!;
    const { gradients } = takeTurn({
      phase,
      players,
      game: oneAgainstOne,
      state,
      input: fed,
      loss: rules.loss,
      random: stepRandom(seed),
    });
    const lossWith = (bias: number) => {
      const moved = { ...partOf(state, weightName('generator', '')), 'to-image/bias': tf.tensor1d([bias]) };
      const image = forward({
        network: players['generator']!.network,
        weights: moved,
        inputs: { z: z! },
        mode: 'training',
      }).outputs['image']!;
      const { logit } = forward({
        network: players['discriminator']!.network,
        weights: partOf(state, weightName('discriminator', '')),
        inputs: { image },
        mode: 'training',
      }).outputs;
      return rules.loss.generator({ real: tf.zerosLike(logit!), fake: logit! }).dataSync()[0]!;
    };
    const bias = state[weightName('generator', 'to-image/bias')]!.dataSync()[0]!;
    const slope = (lossWith(bias + 0.001) - lossWith(bias - 0.001)) / 0.002;
    expectClose(gradients['generator/to-image/bias']!, [slope], 2e-2);
  });

  test('the average follows the generator by its decay', () => {
    const before = filledState();
    const { state: after } = trainStep(rules, before, input(0));
    const name = 'to-image/kernel';
    const average = averageName(rules, 'generator', name);
    const expected = tf.add(
      tf.mul(before[average]!, 0.9),
      tf.mul(after[weightName('generator', name)]!, 0.1),
    );
    expectClose(after[average]!, Array.from(expected.dataSync()));
  });

  test('compiled with every optimiser it equals op by op, also with clipped gradients and when learning rates change', () => {
    for (const kind of ['adam', 'rmsprop', 'sgd']) {
      const optimizer = optimizerOf(kind);
      const own = {
        ...rules,
        optimizer,
        optimizerOptions: optimizer.options.parse(kind === 'rmsprop' ? { momentum: 0.5 } : {}),
        clips: true,
      };
      const compiled = open(own);
      let state = filledState(own);
      compiled.write(state);
      for (let step = 0; step < 3; step++) {
        const result = trainStep(own, state, input(step));
        compiled.run('step', flat(input(step)));
        state = { ...state, ...result.state };
      }
      for (const [name, tensor] of Object.entries(compiled.read()))
        expectClose(tensor, Array.from(state[name]!.dataSync()), 1e-4);
    }
  });

  test('clipping leaves a short gradient alone and scales a long one down to the given norm', () => {
    const sgd = optimizerOf('sgd');
    const own = { ...rules, optimizer: sgd, optimizerOptions: sgd.options.parse({ momentum: 0 }) };
    const moved = (clips: boolean, clip: number) => {
      const before = filledState(own);
      const given = {
        ...input(0, ['generator']),
        clip: tf.scalar(clip),
        rates: { [rateName('generator', 'generator')]: tf.scalar(1) },
      };
      const { state, gradientSizes } = trainStep({ ...own, clips }, before, given);
      const names = gradientWeights(players['generator']!.network).map((name) =>
        weightName('generator', name),
      );
      const change = names.map(
        (name) => tf.sum(tf.square(tf.sub(state[name]!, before[name]!))).dataSync()[0]!,
      );
      return {
        norm: Math.sqrt(change.reduce((sum, value) => sum + value)),
        gradient: Math.sqrt(gradientSizes['generator']!.dataSync()[0]!),
      };
    };
    const free = moved(false, 0);
    expect(free.norm / free.gradient).toBeCloseTo(1, 3);
    expect(moved(true, 2 * free.gradient).norm / free.norm).toBeCloseTo(1, 3);
    expect(moved(true, free.gradient / 4).norm / free.norm).toBeCloseTo(0.25, 3);
  });
});

const opened: Compiled[] = [];
afterEach(() => opened.splice(0).forEach((compiled) => compiled.dispose()));

function open(given: Rules): Compiled {
  const compiled = compiledStep(given, input(0));
  opened.push(compiled);
  return compiled;
}

/** Names whose numbers differ. */
function changed(before: Tensors, after: Tensors): string[] {
  return Object.keys(before).filter((name) =>
    before[name]!.dataSync().some((value, index) => value !== after[name]!.dataSync()[index]),
  );
}
