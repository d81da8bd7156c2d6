/**
 * One training step, pure: state, batch and random numbers go in as tensors; new state and losses come out.
 * It runs op by op, or compiled.
 */
import { inBfloat16, updateInPlace } from '../graph/index.ts';
import type { Precision, Role } from '../contract/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { stepRandom, type StepRandom } from '../step-random.ts';
import type { MemorySpec } from '../stabilisers/index.ts';
import { attribute, operate, tensorOf, tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import type { Game, Objective, Phase, PlayedPhase, Players, Sources, Use } from '../game/index.ts';
import {
  averagedPlayers,
  averageName,
  memoryName,
  partOf,
  renamed,
  roleOf,
  slotName,
  weightName,
} from './state.ts';
import { fullName, takeTurn } from './take-turn.ts';

/** What stays the same from step to step. */
export type Rules = {
  players: Players;
  sources: Sources;
  game: Game;
  phases: readonly PlayedPhase[];
  /** What the trained model can do. */
  uses: readonly Use[];
  loss: Objective;
  optimizer: Optimizer;
  optimizerOptions: Record<string, unknown>;
  /** What the step's convolutions and matrix products, and the operations between them, compute in. */
  precision: Precision;
  /** Whether gradients are scaled down to `StepInput.clip`. */
  clips: boolean;
  /** What stabilisers keep from step to step. */
  memory: Record<string, MemorySpec>;
  /** The weights of a player of this role after an update, as stabilisers want them. */
  moved(role: Role, weights: Tensors): Tensors;
};

/** What is new in every step. Scalars are tensors, so that a compiled step can be fed other ones. */
export type StepInput = {
  /** By the names of the GAN's sources, with the batch in front. */
  inputs: Tensors;
  /** Steps taken before this one. */
  step: Scalar;
  /** int32 [2], for what is random in networks, penalties and augmentations. */
  seed: Tensor;
  /**
   * Learning rate by phase and player, such as `generator/encoder`, bias correction included; a phase without
   * any sits this step out.
   */
  rates: Record<string, Scalar>;
  /** The largest norm of a turn's gradient, where gradients are clipped. */
  clip: Scalar;
  /** Decay of the averages. */
  averaging: Scalar;
};

/**
 * `gradientSizes` are sums of all squared gradients: not finite when one of them is not, or when their norm
 * is above 1.8e19.
 * `valid`: all losses, sizes, running statistics and new values of the memory are finite.
 */
export type StepResult = {
  state: Tensors;
  losses: Record<string, Scalar>;
  gradientSizes: Record<string, Scalar>;
  reports: Record<string, Scalar>;
  valid: Scalar;
};

/** The random numbers of each phase are numbered from its own multiple of this. */
const DRAWS_PER_PHASE = 1000;

/** The random numbers of a phase in a step of this seed. */
export function phaseRandom({ phases }: Pick<Rules, 'phases'>, phase: Phase, seed: Tensor): StepRandom {
  return stepRandom(seed, phases.findIndex(({ name }) => name === phase.name) * DRAWS_PER_PHASE);
}

/** The learning rate of a player in a phase, among those of a step. */
export const rateName = (phase: string, player: string): string => `${phase}/${player}`;

/**
 * Takes every phase that is due, in order, each on the weights that the one before left; then moves the
 * averages of players that moved.
 */
export function trainStep(rules: Rules, state: Tensors, input: StepInput): StepResult {
  let next = state;
  const losses: Record<string, Scalar> = {};
  const gradientSizes: Record<string, Scalar> = {};
  let reports: Record<string, Scalar> = {};
  const movedByItself: Tensor[] = [];
  const due = rules.phases.filter(({ name, moves }) =>
    moves.some((player) => input.rates[rateName(name, player)]),
  );
  for (const phase of due) {
    const random = phaseRandom(rules, phase, input.seed);
    const before = next;
    const take = () => takeTurn({ ...rules, phase, state: before, input, random });
    const turn = rules.precision === 'bfloat16' ? inBfloat16(take) : take();
    losses[phase.name] = turn.loss;
    const size = squaredNorm(Object.values(turn.gradients));
    gradientSizes[phase.name] = size;
    reports = { ...reports, ...turn.reports };
    movedByItself.push(...Object.values(turn.statistics), ...Object.values(turn.memory));
    const gradients = rules.clips ? clipped(turn.gradients, size, input.clip) : turn.gradients;
    next = {
      ...next,
      ...update({ rules, state: next, phase, gradients, rates: input.rates }),
      ...renamed(turn.statistics, (name) => weightName(name)),
      ...renamed(turn.memory, memoryName),
    };
  }
  const numbers = [
    ...Object.values(losses),
    ...Object.values(gradientSizes),
    ...(movedByItself.length > 0 ? [squaredNorm(movedByItself)] : []),
  ];
  const moved = averagedPlayers(rules).filter((player) => due.some(({ moves }) => moves.includes(player)));
  const after = moved.reduce(
    (state, player) => ({ ...state, ...average(next, { rules, player, decay: input.averaging }) }),
    next,
  );
  return { state: after, losses, gradientSizes, reports, valid: tf.isFinite(tf.addN(numbers)) as Scalar };
}

function update({
  rules,
  state,
  phase,
  gradients,
  rates,
}: {
  rules: Rules;
  state: Tensors;
  phase: Phase;
  gradients: Tensors;
  rates: StepInput['rates'];
}): Tensors {
  const { optimizer, optimizerOptions } = rules;
  const moved: Tensors = {};
  for (const player of phase.moves) {
    const rate = rates[rateName(phase.name, player)]!;
    for (const [weight, gradient] of Object.entries(partOf(gradients, fullName(player, '')))) {
      const full = fullName(player, weight);
      const names = [weightName(full), ...optimizer.slots.map((slot) => slotName(slot, full))];
      const [current, ...slots] = names.map((name) => tensorOf(state, name));
      const after = optimizer.update({ weight: current!, slots, gradient, rate, options: optimizerOptions });
      names.forEach((name, index) => {
        moved[name] = after[index]!;
      });
    }
    const weights = partOf(moved, weightName(player, ''));
    Object.assign(
      moved,
      renamed(rules.moved(roleOf(rules, player), weights), (weight) => weightName(player, weight)),
    );
  }
  return moved;
}

/** average = decay * average + (1 - decay) * weights, running statistics included. */
function average(
  state: Tensors,
  { rules, player, decay }: { rules: Rules; player: string; decay: Scalar },
): Tensors {
  const weights = partOf(state, weightName(player, ''));
  const share = tf.sub(1, decay);
  return Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => {
      const own = averageName(rules, player, name);
      const kept = tensorOf(state, own);
      const [moved] = updateInPlace({
        name: 'ResourceApplyGradientDescent',
        attributes: [attribute.floatType('T'), attribute.boolean('use_locking', false)],
        state: [kept],
        inputs: [share, tf.sub(kept, weight)],
        reference: () => [tf.add(weight, tf.mul(tf.sub(kept, weight), decay))],
      });
      return [own, moved!];
    }),
  );
}

function squaredNorm(tensors: Tensor[]): Scalar {
  const halves = tensors.map((tensor) => operate('L2Loss', [attribute.floatType('T')], [tensor]));
  return tf.mul(tf.addN(halves), 2);
}

/**
 * Scales the gradients down to the norm `largest` if their norm, over all of them, is larger; `size` is its
 * square. Pascanu, Mikolov and Bengio 2013, algorithm 1.
 */
function clipped(gradients: Tensors, size: Scalar, largest: Scalar): Tensors {
  const factor = tf.div(largest, tf.maximum(tf.sqrt(size), largest));
  return Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, factor)]),
  );
}
