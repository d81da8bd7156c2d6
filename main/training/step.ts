/** One training step, pure: state, batch and random numbers go in as tensors; new state and losses come out. */
import type { Phase } from '../gans/index.ts';
import { forward, weightSpecs, type Network } from '../layers/index.ts';
import type { Loss } from '../losses/index.ts';
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import { adam, type Moments } from './adam.ts';

export type Networks = Record<string, Network>;
type WeightsByNetwork = Record<string, Tensors>;

/** All that a step changes. */
export type State = {
  weights: WeightsByNetwork;
  moments: Record<string, Moments>;
  /** The moving average of the generator's weights. */
  average: Tensors;
};

/** What stays the same from step to step. */
export type Rules = { networks: Networks; phases: Phase[]; loss: Loss; beta1: number; beta2: number };

/** What is new in every step. Scalars are tensors, so that a recorded step can be fed other ones. */
export type StepInput = {
  real: Tensor;
  z: Tensor;
  /** Learning rate by phase, bias correction included; a phase without one sits this step out. */
  rates: Record<string, Scalar>;
  averaging: Scalar;
};

/** What one phase finds out, before anything moves. */
export type TurnResult = { loss: Scalar; gradients: Tensors; statistics: Tensors };

/** `gradientSize` is the sum of all squared gradients: finite exactly when every one of them is. */
export type StepResult = { state: State; losses: Record<string, Scalar>; gradientSizes: Record<string, Scalar> };

/** Takes the phase's loss and its gradient with respect to the weights of the network that moves, and of no other. */
export function takeTurn({ phase, networks, weights, real, z, loss }: {
  phase: Phase; networks: Networks; weights: WeightsByNetwork; real: Tensor; z: Tensor; loss: Loss;
}): TurnResult {
  const moving = gradientWeights(networks[phase.moves]!);
  let statistics: Tensors = {};
  const replaced: Tensor[] = [];
  const { value, grads } = tf.valueAndGrads((...values: Tensor[]) => {
    const moved = Object.fromEntries(moving.map((name, index) => [name, values[index]!]));
    return phase.minimises({
      real, z, loss,
      run(name, inputs) {
        const moves = name === phase.moves;
        const current = moves ? { ...weights[name], ...moved, ...statistics } : weights[name]!;
        const pass = forward({ network: networks[name]!, weights: current, inputs, mode: 'training' });
        if (moves) {
          replaced.push(...Object.keys(pass.statistics).flatMap((weight) => statistics[weight] ?? []));
          statistics = { ...statistics, ...keepAll(pass.statistics) };
        }
        return pass.outputs;
      },
    });
  })(moving.map((name) => weights[phase.moves]![name]!));
  tf.dispose(replaced);
  return { loss: value, gradients: Object.fromEntries(moving.map((name, index) => [name, grads[index]!])), statistics };
}

/** Takes every phase that is due, in order, each on the weights that the one before left; then moves the average. */
export function trainStep(rules: Rules, state: State, input: StepInput): StepResult {
  let next: State = state;
  const losses: Record<string, Scalar> = {};
  const gradientSizes: Record<string, Scalar> = {};
  for (const phase of rules.phases) {
    const rate = input.rates[phase.name];
    if (!rate) continue;
    const turn = takeTurn({ ...rules, phase, weights: next.weights, real: input.real, z: input.z });
    losses[phase.name] = turn.loss;
    gradientSizes[phase.name] = tf.addN(Object.values(turn.gradients).map((gradient) => tf.sum(tf.square(gradient))));
    next = update({ rules, state: next, network: phase.moves, turn, rate });
  }
  return { state: { ...next, average: average(next, input.averaging) }, losses, gradientSizes };
}

function update({ rules, state, network, turn, rate }: {
  rules: Rules; state: State; network: string; turn: TurnResult; rate: Scalar;
}): State {
  const { beta1, beta2 } = rules;
  const weights = state.weights[network]!;
  const moved = adam({ weights, gradients: turn.gradients, moments: state.moments[network]!, rate, beta1, beta2 });
  return {
    ...state,
    weights: { ...state.weights, [network]: { ...weights, ...moved.weights, ...turn.statistics } },
    moments: { ...state.moments, [network]: moved.moments },
  };
}

/** average = decay * average + (1 - decay) * weights, running statistics included. */
function average(state: State, decay: Scalar): Tensors {
  const generator = state.weights['generator']!;
  return Object.fromEntries(Object.entries(state.average).map(([name, kept]) =>
    [name, tf.add(generator[name]!, tf.mul(tf.sub(kept, generator[name]!), decay))]));
}

/** Names of the weights that the optimiser moves, in the network's order. */
export function gradientWeights(network: Network): string[] {
  return weightSpecs(network).filter((spec) => spec.movedBy === 'gradient').map((spec) => spec.name);
}

/** Statistics leave the tape's scope with the result of the step, so they must outlive it. */
function keepAll(tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.keep(tensor)]));
}
