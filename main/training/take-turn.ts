/**
 * One turn, before anything moves: its loss and gradient, and, for whoever watches, every pass of a network
 * and how the gradient runs back through it.
 */
import { forward, weightSpecs, type Network } from '../layers/index.ts';
import type { StepRandom } from '../step-random.ts';
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import type { Kind, Objective, Phase, Turn } from '../turn.ts';
import { memoryName, networkOf, partOf, weightName } from './state.ts';
import type { Networks, StepInput } from './step.ts';

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
 * A network that ran in a turn: inputs and every layer's output by name, and the loss's gradient with respect
 * to those that it reaches.
 */
export type WatchedPass = {
  network: string;
  /** What D judges; slope: images at which a penalty asks for its slope. */
  judged: Kind | 'slope' | undefined;
  values: Tensors;
  gradients: Tensors;
};

type Given = {
  phase: Phase;
  networks: Networks;
  state: Tensors;
  input: Pick<StepInput, 'real' | 'z' | 'classes' | 'step'>;
  loss: Objective;
  random: StepRandom;
  /** Filled with the turn's passes, in order. */
  watched?: WatchedPass[];
};

/**
 * Takes the phase's loss and its gradient with respect to the weights of the network that moves, and of no
 * other. Values of `watched` are the caller's to free.
 */
export function takeTurn(given: Given): TurnResult {
  const { moving, before, minimised, statistics, memory, reports } = openTurn(given);
  const watching = new Watching(given.watched ?? []);
  // The engine looks at what to differentiate by once the loss is there: what is watched joins the weights.
  const sources = [...before];
  const { value, grads } = tf.engine().gradients(
    () => {
      const lost = minimised(...before);
      sources.push(...watching.reached(given.phase.moves, before));
      return lost;
    },
    sources,
    undefined,
    true,
  ) as { value: Scalar; grads: (Tensor | undefined)[] };
  watching.take(grads.slice(before.length));
  for (const part of [statistics, memory, reports]) part.disposeOfReplaced();
  // A loss need not depend on every weight: a penalty on slopes alone leaves the last bias where it is.
  return {
    loss: value,
    gradients: Object.fromEntries(
      moving.map((name, index) => [name, grads[index] ?? tf.zerosLike(before[index]!)]),
    ),
    statistics: statistics.values,
    memory: memory.values,
    reports: reports.values as Record<string, Scalar>,
  };
}

/** The phase's loss alone: nothing moves, and no gradient is taken but those that a penalty needs. */
export function lossOfTurn(given: Given): Scalar {
  const { before, minimised, ...rest } = openTurn(given);
  const loss = minimised(...before);
  for (const part of [rest.statistics, rest.memory, rest.reports]) {
    part.disposeOfReplaced();
    tf.dispose(part.values);
  }
  return loss;
}

/** What the phase minimises, as a function of the weights that move, and what that leaves behind. */
function openTurn({ phase, networks, state, input, loss, random, watched }: Given) {
  const weights = Object.fromEntries(
    Object.keys(networks).map((name) => [name, partOf(state, weightName(name, ''))]),
  );
  const moving = gradientWeights(networkOf({ networks }, phase.moves));
  const statistics = new Replaced();
  const memory = new Replaced();
  const reports = new Replaced();
  const minimised = (...values: Tensor[]) => {
    const moved = Object.fromEntries(moving.map((name, index) => [name, values[index]!]));
    const current = (name: string) =>
      name === phase.moves ? { ...weights[name], ...moved, ...statistics.values } : weights[name]!;
    return phase.minimises(
      turnOf({
        input,
        loss,
        random,
        memory: partOf(state, memoryName('')),
        weights: current,
        remember: (name, value) => memory.set({ [name]: value }),
        report: (name, value) => reports.set({ [name]: value }),
        run(name, inputs, judged) {
          const pass = forward({
            network: networkOf({ networks }, name),
            weights: current(name),
            inputs,
            mode: 'training',
            random,
          });
          if (name === phase.moves) statistics.set(pass.statistics);
          // A penalty's passes are in a scope of their own, which ends before the turn does.
          watched?.push({
            network: name,
            judged,
            values: mapped(pass.values, (value) => tf.keep(value)),
            gradients: {},
          });
          return pass.outputs;
        },
      }),
    );
  };
  return {
    moving,
    before: moving.map((name) => weights[phase.moves]![name]!),
    minimised,
    statistics,
    memory,
    reports,
  };
}

/** A turn, with G's images and D's verdicts as GANs of one generator and one discriminator have them. */
function turnOf({
  input: { real, z, classes, step },
  run,
  ...rest
}: {
  input: Pick<StepInput, 'real' | 'z' | 'classes' | 'step'>;
  run(network: string, inputs: Tensors, judged?: WatchedPass['judged']): Tensors;
} & Omit<Turn, 'real' | 'z' | 'classes' | 'step' | 'fakes' | 'judge' | 'run'>): Turn {
  let fakes: Tensor | undefined;
  const told = (whose: Tensor | undefined): Tensors => (whose ? { class: whose } : {});
  return {
    ...rest,
    real,
    z,
    classes,
    step,
    run: (name, inputs) => run(name, inputs),
    fakes: () => (fakes ??= run('generator', { z, ...told(classes?.fake) })['image']!),
    judge(images, kind) {
      const judged = withinSlope() ? 'slope' : kind;
      const { verdict, ...others } = run(
        'discriminator',
        { image: images, ...told(classes?.[kind]) },
        judged,
      );
      if (!verdict) throw new Error('The discriminator has no output "verdict".');
      return { ...others, verdict, seen: images };
    },
  };
}

/**
 * Values that leave the tape's scope with the result of a turn, so that they must outlive it; the last of
 * each name counts.
 */
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

  /**
   * Those that a gradient may reach: all but passes that only make data for the network that moves, such as
   * G's in D's turn. Call it within the tape's scope.
   */
  reached(moves: string, weights: Tensor[]): Tensor[] {
    const moving = new Set(
      this.passes
        .filter(({ network }) => network === moves)
        .flatMap(({ values }) => Object.values(values))
        .map(({ id }) => id),
    );
    const ofWeights = this.downstream(weights);
    const isData = ({ network, values }: WatchedPass) =>
      network !== moves &&
      !ofWeights.has(Object.values(values).at(-1)!.id) &&
      [...this.downstream(Object.values(values))].some((id) => moving.has(id));
    this.places = this.passes
      .filter((pass) => !isData(pass))
      .flatMap((pass) => Object.keys(pass.values).map((name) => ({ pass, name })));
    return this.places.map(({ pass, name }) => pass.values[name]!);
  }

  /** Numbers of these tensors and of all that was made of them. */
  private downstream(tensors: Tensor[]): Set<number> {
    const ids = new Set(tensors.map(({ id }) => id));
    for (const node of this.passes.length > 0 ? engineState().activeTape : []) {
      if (Object.values(node.inputs).some(({ id }) => ids.has(id)))
        node.outputs.forEach(({ id }) => ids.add(id));
    }
    return ids;
  }

  /** The gradients of what `reached` answered, in that order. */
  take(gradients: (Tensor | undefined)[]): void {
    this.places.forEach(({ pass, name }, index) => {
      const gradient = gradients[index];
      if (gradient) pass.gradients[name] = gradient;
    });
  }
}

const mapped = (tensors: Tensors, change: (tensor: Tensor) => Tensor): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor)]));

type EngineState = { activeTape: { inputs: Tensors; outputs: Tensor[] }[]; gradientDepth: number };
const engineState = (): EngineState => (tf.engine() as unknown as { state: EngineState }).state;

/** Whether a gradient is being taken within a gradient. */
const withinSlope = (): boolean => engineState().gradientDepth > 1;

/** Names of the weights that the optimiser moves, in the network's order. */
export function gradientWeights(network: Network): string[] {
  return weightSpecs(network)
    .filter((spec) => spec.movedBy === 'gradient')
    .map((spec) => spec.name);
}
