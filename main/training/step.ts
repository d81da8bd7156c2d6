/**
 * One training step, pure: state, batch and random numbers go in as tensors; new state and losses come out.
 * It runs op by op, or compiled.
 */
import { updateInPlace } from '../graph/index.ts';
import type { Network } from '../layers/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { stepRandom, type StepRandom } from '../step-random.ts';
import type { MemorySpec } from '../stabilisers/index.ts';
import { attribute, operate, tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import type { Objective, Phase, Turn } from '../turn.ts';
import { averageName, memoryName, partOf, slotName, weightName } from './state.ts';
import { takeTurn } from './take-turn.ts';

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
  /** What stabilisers keep from step to step. */
  memory: Record<string, MemorySpec>;
  /** A network's weights after an update, as stabilisers want them. */
  moved(network: string, weights: Tensors): Tensors;
};

/** What is new in every step. Scalars are tensors, so that a compiled step can be fed other ones. */
export type StepInput = {
  /** [batch, size, size, channels] in [-1, 1] */
  real: Tensor;
  /** [batch, z] */
  z: Tensor;
  /** One-hot, [batch, classes] each; absent where images have no classes. */
  classes: Turn['classes'];
  /** Steps taken before this one. */
  step: Scalar;
  /** int32 [2], for what is random in networks, penalties and augmentations. */
  seed: Tensor;
  /** Learning rate by phase, bias correction included; a phase without one sits this step out. */
  rates: Record<string, Scalar>;
  /** The largest norm of a turn's gradient, where gradients are clipped. */
  clip: Scalar;
  /** Decay of the generator's average. */
  averaging: Scalar;
};

/**
 * `gradientSizes` are sums of all squared gradients: not finite when one of them is not, or when their norm
 * is above 1.8e19.
 * `valid`: all losses, sizes and running statistics are finite.
 */
export type StepResult = {
  state: Tensors;
  losses: Record<string, Scalar>;
  gradientSizes: Record<string, Scalar>;
  reports: Record<string, Scalar>;
  valid: Scalar;
};

/** Random numbers of one phase are numbered from its own multiple of this. */
const DRAWS_PER_PHASE = 1000;

/** The random numbers of a phase in a step of this seed. */
export function phaseRandom({ phases }: Pick<Rules, 'phases'>, phase: Phase, seed: Tensor): StepRandom {
  return stepRandom(seed, phases.findIndex(({ name }) => name === phase.name) * DRAWS_PER_PHASE);
}

/**
 * Takes every phase that is due, in order, each on the weights that the one before left; then moves the
 * average of a generator that moved.
 */
export function trainStep(rules: Rules, state: Tensors, input: StepInput): StepResult {
  let next = state;
  const losses: Record<string, Scalar> = {};
  const gradientSizes: Record<string, Scalar> = {};
  let reports: Record<string, Scalar> = {};
  const movedByItself: Tensor[] = [];
  const due = rules.phases.filter((phase) => input.rates[phase.name]);
  for (const phase of due) {
    const random = phaseRandom(rules, phase, input.seed);
    const turn = takeTurn({ ...rules, phase, state: next, input, random });
    losses[phase.name] = turn.loss;
    const size = squaredNorm(Object.values(turn.gradients));
    gradientSizes[phase.name] = size;
    reports = { ...reports, ...turn.reports };
    movedByItself.push(...Object.values(turn.statistics), ...Object.values(turn.memory));
    const gradients = rules.clips ? clipped(turn.gradients, size, input.clip) : turn.gradients;
    next = {
      ...next,
      ...update({ rules, state: next, network: phase.moves, gradients, rate: input.rates[phase.name]! }),
      ...renamed(turn.statistics, (name) => weightName(phase.moves, name)),
      ...renamed(turn.memory, memoryName),
    };
  }
  const numbers = [
    ...Object.values(losses),
    ...Object.values(gradientSizes),
    ...(movedByItself.length > 0 ? [squaredNorm(movedByItself)] : []),
  ];
  const after = due.some(({ moves }) => moves === 'generator')
    ? { ...next, ...average(next, input.averaging) }
    : next;
  return { state: after, losses, gradientSizes, reports, valid: tf.isFinite(tf.addN(numbers)) as Scalar };
}

function update({
  rules: { optimizer, optimizerOptions, moved: settle },
  state,
  network,
  gradients,
  rate,
}: {
  rules: Rules;
  state: Tensors;
  network: string;
  gradients: Tensors;
  rate: Scalar;
}): Tensors {
  const moved: Tensors = {};
  for (const [weight, gradient] of Object.entries(gradients)) {
    const names = [
      weightName(network, weight),
      ...optimizer.slots.map((slot) => slotName(slot, network, weight)),
    ];
    const [current, ...slots] = names.map((name) => state[name]!);
    const after = optimizer.update({ weight: current!, slots, gradient, rate, options: optimizerOptions });
    names.forEach((name, index) => {
      moved[name] = after[index]!;
    });
  }
  const weights = Object.fromEntries(
    Object.keys(gradients).map((weight) => [weight, moved[weightName(network, weight)]!]),
  );
  return { ...moved, ...renamed(settle(network, weights), (weight) => weightName(network, weight)) };
}

/** average = decay * average + (1 - decay) * weights, running statistics included. */
function average(state: Tensors, decay: Scalar): Tensors {
  const generator = partOf(state, weightName('generator', ''));
  const share = tf.sub(1, decay);
  return Object.fromEntries(
    Object.entries(generator).map(([name, weight]) => {
      const kept = state[averageName(name)]!;
      const [moved] = updateInPlace({
        name: 'ResourceApplyGradientDescent',
        attributes: [attribute.floatType('T'), attribute.boolean('use_locking', false)],
        state: [kept],
        inputs: [share, tf.sub(kept, weight)],
        reference: () => [tf.add(weight, tf.mul(tf.sub(kept, weight), decay))],
      });
      return [averageName(name), moved!];
    }),
  );
}

function squaredNorm(tensors: Tensor[]): Scalar {
  const halves = tensors.map((tensor) => operate('L2Loss', [attribute.floatType('T')], [tensor]));
  return tf.mul(tf.addN(halves), 2);
}

/**
 * Scaled down to the norm `largest` where theirs, over all of them, is larger. Pascanu, Mikolov and Bengio
 * 2013, algorithm 1.
 */
function clipped(gradients: Tensors, size: Scalar, largest: Scalar): Tensors {
  const factor = tf.div(largest, tf.maximum(tf.sqrt(size), largest));
  return Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, factor)]),
  );
}

function renamed(tensors: Tensors, nameOf: (name: string) => string): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [nameOf(name), tensor]));
}
