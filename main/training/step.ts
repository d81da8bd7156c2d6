/** One training step, pure: state, batch and random numbers go in as tensors; new state and losses come out. It runs op by op, or compiled. */
import { updateInPlace } from '../graph/index.ts';
import { forward, weightSpecs, type Network } from '../layers/index.ts';
import type { Optimizer } from '../optimizers/index.ts';
import { stepRandom, type StepRandom } from '../step-random.ts';
import type { MemorySpec } from '../stabilisers/index.ts';
import { attribute, runOperation, tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import type { Objective, Phase, Turn } from '../turn.ts';
import { averageName, memoryName, partOf, slotName, weightName } from './state.ts';

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

/** What one phase finds out, before anything moves. */
export type TurnResult = {
  loss: Scalar;
  gradients: Tensors;
  statistics: Tensors;
  /** New values of what stabilisers keep. */
  memory: Tensors;
  /** Numbers to be shown beside the losses. */
  reports: Record<string, Scalar>;
};

/**
 * `gradientSizes` are sums of all squared gradients: not finite when one of them is not, or when their norm is above 1.8e19.
 * `valid`: all losses, sizes and running statistics are finite.
 */
export type StepResult = {
  state: Tensors;
  losses: Record<string, Scalar>;
  gradientSizes: Record<string, Scalar>;
  reports: Record<string, Scalar>;
  valid: Scalar;
};

/** A network that ran in a turn: inputs and every layer's output by name, and the loss's gradient with respect to those that it reaches. */
export type WatchedPass = { network: string; values: Tensors; gradients: Tensors };

/** Random numbers of one phase are numbered from its own multiple of this. */
const DRAWS_PER_PHASE = 1000;

type Given = {
  phase: Phase; networks: Networks; state: Tensors; input: Pick<StepInput, 'real' | 'z' | 'classes' | 'step'>; loss: Objective; random: StepRandom;
};

/** Takes the phase's loss and its gradient with respect to the weights of the network that moves, and of no other. `watched` is filled with its passes, in order. */
export function takeTurn({ phase, networks, state, input, loss, random, watched }: Given & { watched?: WatchedPass[] }): TurnResult {
  const weights = Object.fromEntries(Object.keys(networks).map((name) => [name, partOf(state, weightName(name, ''))]));
  const moving = gradientWeights(networks[phase.moves]!);
  const statistics = new Replaced();
  const memory = new Replaced();
  const reports = new Replaced();
  const minimised = (...values: Tensor[]) => {
    const moved = Object.fromEntries(moving.map((name, index) => [name, values[index]!]));
    const current = (name: string) => name === phase.moves ? { ...weights[name], ...moved, ...statistics.values } : weights[name]!;
    return phase.minimises(turnOf({
      input, loss, random, memory: partOf(state, memoryName('')),
      weights: current,
      remember: (name, value) => memory.set({ [name]: value }),
      report: (name, value) => reports.set({ [name]: value }),
      run(name, inputs) {
        const pass = forward({ network: networks[name]!, weights: current(name), inputs, mode: 'training', random });
        if (name === phase.moves) statistics.set(pass.statistics);
        watched?.push({ network: name, values: pass.values, gradients: {} });
        return pass.outputs;
      },
    }));
  };
  const before = moving.map((name) => weights[phase.moves]![name]!);
  // A loss need not depend on every weight: a penalty on slopes alone leaves the last bias where it is.
  const watching = new Watching(watched ?? []);
  // The engine looks at what to differentiate by once the loss is there: what is watched joins the weights.
  const sources = [...before];
  const { value, grads } = tf.engine().gradients(() => {
    const lost = minimised(...before);
    sources.push(...watching.reached(phase.moves, before));
    return lost;
  }, sources, undefined, true) as { value: Scalar; grads: (Tensor | undefined)[] };
  watching.take(grads.slice(before.length));
  for (const part of [statistics, memory, reports]) part.disposeOfReplaced();
  return {
    loss: value, gradients: Object.fromEntries(moving.map((name, index) => [name, grads[index] ?? tf.zerosLike(before[index]!)])),
    statistics: statistics.values, memory: memory.values, reports: reports.values as Record<string, Scalar>,
  };
}

/** A turn, with G's images and D's verdicts as GANs of one generator and one discriminator have them. */
function turnOf({ input: { real, z, classes, step }, run, ...rest }: {
  input: Pick<StepInput, 'real' | 'z' | 'classes' | 'step'>;
} & Omit<Turn, 'real' | 'z' | 'classes' | 'step' | 'fakes' | 'judge'>): Turn {
  let fakes: Tensor | undefined;
  const told = (whose: Tensor | undefined): Tensors => whose ? { class: whose } : {};
  return {
    ...rest, real, z, classes, step, run,
    fakes: () => fakes ??= run('generator', { z, ...told(classes?.fake) })['image']!,
    judge: (images, kind) => ({ ...run('discriminator', { image: images, ...told(classes?.[kind]) }), seen: images }),
  };
}

/** Values that leave the tape's scope with the result of a turn, so that they must outlive it; the last of each name counts. */
class Replaced {
  values: Tensors = {};
  private readonly replaced: Tensor[] = [];

  set(values: Tensors): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.values[name]) this.replaced.push(this.values[name]);
      this.values[name] = tf.keep(value);
    }
  }

  disposeOfReplaced(): void {
    tf.dispose(this.replaced);
  }
}

/** The tensors of watched passes, from when they are made to when their gradients are known. */
class Watching {
  private readonly passes: WatchedPass[];
  private places: { pass: WatchedPass; name: string }[] = [];

  constructor(passes: WatchedPass[]) {
    this.passes = passes;
  }

  /** Those that a gradient may reach: what came of the weights that move, and the inputs of their network. Call it within the tape's scope. */
  reached(moves: string, weights: Tensor[]): Tensor[] {
    const inputs = this.passes.filter(({ network }) => network === moves).flatMap(({ values }) => Object.values(values));
    const ids = new Set([...weights, ...inputs].map(({ id }) => id));
    for (const node of this.passes.length > 0 ? tape() : []) {
      if (Object.values(node.inputs).some(({ id }) => ids.has(id))) node.outputs.forEach(({ id }) => ids.add(id));
    }
    this.places = this.passes.flatMap((pass) => Object.keys(pass.values).map((name) => ({ pass, name }))).filter(({ pass, name }) => ids.has(pass.values[name]!.id));
    for (const { values } of this.passes) Object.values(values).forEach((value) => tf.keep(value));
    return this.places.map(({ pass, name }) => pass.values[name]!);
  }

  /** The gradients of what `reached` answered, in that order. */
  take(gradients: (Tensor | undefined)[]): void {
    this.places.forEach(({ pass, name }, index) => {
      const gradient = gradients[index];
      if (gradient) pass.gradients[name] = gradient;
    });
  }
}

/** What tfjs has written down of the loss so far. */
function tape(): { inputs: Tensors; outputs: Tensor[] }[] {
  return (tf.engine() as unknown as { state: { activeTape: { inputs: Tensors; outputs: Tensor[] }[] } }).state.activeTape;
}

/** Takes every phase that is due, in order, each on the weights that the one before left; then moves the average of a generator that moved. */
export function trainStep(rules: Rules, state: Tensors, input: StepInput): StepResult {
  let next = state;
  const losses: Record<string, Scalar> = {};
  const gradientSizes: Record<string, Scalar> = {};
  let reports: Record<string, Scalar> = {};
  const movedByItself: Tensor[] = [];
  const due = rules.phases.filter((phase) => input.rates[phase.name]);
  for (const phase of due) {
    const random = stepRandom(input.seed, rules.phases.indexOf(phase) * DRAWS_PER_PHASE);
    const turn = takeTurn({ ...rules, phase, state: next, input, random });
    losses[phase.name] = turn.loss;
    gradientSizes[phase.name] = squaredNorm(Object.values(turn.gradients));
    reports = { ...reports, ...turn.reports };
    movedByItself.push(...Object.values(turn.statistics), ...Object.values(turn.memory));
    const gradients = rules.clips ? clipped(turn.gradients, gradientSizes[phase.name]!, input.clip) : turn.gradients;
    next = {
      ...next, ...update({ rules, state: next, network: phase.moves, gradients, rate: input.rates[phase.name]! }),
      ...renamed(turn.statistics, (name) => weightName(phase.moves, name)), ...renamed(turn.memory, memoryName),
    };
  }
  const numbers = [...Object.values(losses), ...Object.values(gradientSizes), ...(movedByItself.length > 0 ? [squaredNorm(movedByItself)] : [])];
  const after = due.some(({ moves }) => moves === 'generator') ? { ...next, ...average(next, input.averaging) } : next;
  return { state: after, losses, gradientSizes, reports, valid: tf.isFinite(tf.addN(numbers)) as Scalar };
}

function update({ rules: { optimizer, optimizerOptions, moved: settle }, state, network, gradients, rate }: {
  rules: Rules; state: Tensors; network: string; gradients: Tensors; rate: Scalar;
}): Tensors {
  const moved: Tensors = {};
  for (const [weight, gradient] of Object.entries(gradients)) {
    const names = [weightName(network, weight), ...optimizer.slots.map((slot) => slotName(slot, network, weight))];
    const [current, ...slots] = names.map((name) => state[name]!);
    const after = optimizer.update({ weight: current!, slots, gradient, rate, options: optimizerOptions });
    names.forEach((name, index) => { moved[name] = after[index]!; });
  }
  const weights = Object.fromEntries(Object.keys(gradients).map((weight) => [weight, moved[weightName(network, weight)]!]));
  return { ...moved, ...renamed(settle(network, weights), (weight) => weightName(network, weight)) };
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

function renamed(tensors: Tensors, nameOf: (name: string) => string): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [nameOf(name), tensor]));
}
