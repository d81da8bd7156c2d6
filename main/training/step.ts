/** One training step, pure: state, batch and random numbers go in as tensors; new state and losses come out. It runs op by op, or compiled. */
import { updateInPlace } from '../graph/index.ts';
import type { Phase } from '../gans/index.ts';
import { forward, weightSpecs, type Network } from '../layers/index.ts';
import type { Objective } from '../losses/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { stepRandom, type StepRandom } from '../step-random.ts';
import { attribute, runOperation, tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import { averageName, partOf, slotName, weightName } from './state.ts';

export type Networks = Record<string, Network>;

/** What stays the same from step to step. */
export type Rules = {
  networks: Networks;
  phases: readonly Phase[];
  loss: Objective;
  optimizer: Optimizer;
  optimizerOptions: Record<string, unknown>;
  /** Whether gradients are scaled down to `StepInput.clip`. */
  clips: boolean;
};

/** What is new in every step. Scalars are tensors, so that a compiled step can be fed other ones. */
export type StepInput = {
  /** [batch, size, size, channels] in [-1, 1] */
  real: Tensor;
  /** [batch, z] */
  z: Tensor;
  /** int32 [2], for what is random in networks, penalties and augmentations. */
  seed: Tensor;
  /** Learning rate by phase, bias correction included; a phase without one sits this step out. */
  rates: Record<string, Scalar>;
  /** The largest norm of a turn's gradient, where gradients are clipped. */
  clip: Scalar;
  /** Decay of the generator's average. */
  averaging: Scalar;
};

/** What one phase finds out, before anything moves. */
export type TurnResult = { loss: Scalar; gradients: Tensors; statistics: Tensors };

/**
 * `gradientSizes` are sums of all squared gradients: not finite when one of them is not, or when their norm is above 1.8e19.
 * `valid`: all losses, sizes and running statistics are finite.
 */
export type StepResult = { state: Tensors; losses: Record<string, Scalar>; gradientSizes: Record<string, Scalar>; valid: Scalar };

/** Random numbers of one phase are numbered from its own multiple of this. */
const DRAWS_PER_PHASE = 1000;

/** Takes the phase's loss and its gradient with respect to the weights of the network that moves, and of no other. */
export function takeTurn({ phase, networks, state, real, z, loss, random }: {
  phase: Phase; networks: Networks; state: Tensors; real: Tensor; z: Tensor; loss: Objective; random: StepRandom;
}): TurnResult {
  const weights = Object.fromEntries(Object.keys(networks).map((name) => [name, partOf(state, weightName(name, ''))]));
  const moving = gradientWeights(networks[phase.moves]!);
  let statistics: Tensors = {};
  const replaced: Tensor[] = [];
  const minimised = (...values: Tensor[]) => {
    const moved = Object.fromEntries(moving.map((name, index) => [name, values[index]!]));
    return phase.minimises({
      real, z, loss, random,
      run(name, inputs) {
        const moves = name === phase.moves;
        const current = moves ? { ...weights[name], ...moved, ...statistics } : weights[name]!;
        const pass = forward({ network: networks[name]!, weights: current, inputs, mode: 'training', random });
        if (moves) {
          replaced.push(...Object.keys(pass.statistics).flatMap((weight) => statistics[weight] ?? []));
          statistics = { ...statistics, ...keepAll(pass.statistics) };
        }
        return pass.outputs;
      },
    });
  };
  const before = moving.map((name) => weights[phase.moves]![name]!);
  // A loss need not depend on every weight: a penalty on slopes alone leaves the last bias where it is.
  const { value, grads } = tf.engine().gradients(() => minimised(...before), before, undefined, true) as { value: Scalar; grads: (Tensor | undefined)[] };
  tf.dispose(replaced);
  return { loss: value, gradients: Object.fromEntries(moving.map((name, index) => [name, grads[index] ?? tf.zerosLike(before[index]!)])), statistics };
}

/** Takes every phase that is due, in order, each on the weights that the one before left; then moves the average. */
export function trainStep(rules: Rules, state: Tensors, input: StepInput): StepResult {
  let next = state;
  const losses: Record<string, Scalar> = {};
  const gradientSizes: Record<string, Scalar> = {};
  const statistics: Tensor[] = [];
  rules.phases.forEach((phase, index) => {
    const rate = input.rates[phase.name];
    if (!rate) return;
    const random = stepRandom(input.seed, index * DRAWS_PER_PHASE);
    const turn = takeTurn({ ...rules, phase, state: next, real: input.real, z: input.z, random });
    losses[phase.name] = turn.loss;
    gradientSizes[phase.name] = squaredNorm(Object.values(turn.gradients));
    statistics.push(...Object.values(turn.statistics));
    const gradients = rules.clips ? clipped(turn.gradients, gradientSizes[phase.name]!, input.clip) : turn.gradients;
    next = { ...next, ...update({ rules, state: next, network: phase.moves, gradients, rate }), ...named(phase.moves, turn.statistics) };
  });
  const valid = tf.isFinite(tf.addN([...Object.values(losses), ...Object.values(gradientSizes), ...(statistics.length > 0 ? [squaredNorm(statistics)] : [])])) as Scalar;
  return { state: { ...next, ...average(next, input.averaging) }, losses, gradientSizes, valid };
}

function update({ rules: { optimizer, optimizerOptions }, state, network, gradients, rate }: {
  rules: Rules; state: Tensors; network: string; gradients: Tensors; rate: Scalar;
}): Tensors {
  const moved: Tensors = {};
  for (const [weight, gradient] of Object.entries(gradients)) {
    const names = [weightName(network, weight), ...optimizer.slots.map((slot) => slotName(slot, network, weight))];
    const [current, ...slots] = names.map((name) => state[name]!);
    const after = optimizer.update({ weight: current!, slots, gradient, rate, options: optimizerOptions });
    names.forEach((name, index) => { moved[name] = after[index]!; });
  }
  return moved;
}

/** average = decay * average + (1 - decay) * weights, running statistics included. */
function average(state: Tensors, decay: Scalar): Tensors {
  const generator = partOf(state, weightName('generator', ''));
  const share = tf.sub(1, decay);
  return Object.fromEntries(Object.entries(generator).map(([name, weight]) => {
    const kept = state[averageName(name)]!;
    const [moved] = updateInPlace({
      name: 'ResourceApplyGradientDescent', attributes: [attribute.floatType('T'), attribute.boolean('use_locking', false)],
      state: [kept], inputs: [share, tf.sub(kept, weight)],
      reference: () => [tf.add(weight, tf.mul(tf.sub(kept, weight), decay))],
    });
    return [averageName(name), moved!];
  }));
}

function squaredNorm(tensors: Tensor[]): Scalar {
  const halves = tensors.map((tensor) => runOperation('L2Loss', [attribute.floatType('T')], [tensor], 1)[0]!);
  return tf.mul(tf.addN(halves), 2);
}

/** Scaled down to the norm `largest` where theirs, over all of them, is larger. Pascanu, Mikolov and Bengio 2013, algorithm 1. */
function clipped(gradients: Tensors, size: Scalar, largest: Scalar): Tensors {
  const factor = tf.div(largest, tf.maximum(tf.sqrt(size), largest));
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, factor)]));
}

/** Names of the weights that the optimiser moves, in the network's order. */
export function gradientWeights(network: Network): string[] {
  return weightSpecs(network).filter((spec) => spec.movedBy === 'gradient').map((spec) => spec.name);
}

function named(network: string, weights: Tensors): Tensors {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [weightName(network, name), weight]));
}

/** Statistics leave the tape's scope with the result of the step, so they must outlive it. */
function keepAll(tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.keep(tensor)]));
}
