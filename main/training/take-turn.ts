/**
 * One turn, before anything moves: its loss and gradient, and, for whoever watches, every pass of a network
 * and how the gradient runs back through it.
 */
import { forward, weightSpecs, type Network } from '../layers/index.ts';
import type { StepRandom } from '../step-random.ts';
import { tensorOf, tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import type { Game, Kind, Objective, Phase, Players, Turn } from '../game/index.ts';
import { memoryName, networkOf, partOf, renamed, weightName } from './state.ts';
import type { StepInput } from './step.ts';

/** What one phase finds out, before anything moves. */
export type TurnResult = {
  loss: Scalar;
  /** By full name, such as `generator/start/kernel`. */
  gradients: Tensors;
  /** Likewise: weights that moved by themselves. */
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
  /**
   * Of what kind is what it judges, or helps to judge; penalty: subjects at which a penalty asks for D's gradient;
   * nothing where it makes fakes.
   */
  judged: Kind | 'penalty' | undefined;
  values: Tensors;
  gradients: Tensors;
};

type TurnInput = {
  phase: Phase;
  players: Players;
  game: Game;
  state: Tensors;
  input: Pick<StepInput, 'inputs' | 'step'>;
  loss: Objective;
  random: StepRandom;
  /** Filled with the turn's passes, in order. */
  watched?: WatchedPass[];
};

/**
 * Takes the phase's loss and its gradient with respect to the weights of the players that move, and of no
 * other. Values of `watched` are the caller's to free.
 */
export function takeTurn(given: TurnInput): TurnResult {
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
  // A loss need not depend on every weight: a penalty on gradients alone leaves the last bias where it is.
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
export function lossOfTurn(given: TurnInput): Scalar {
  const { before, minimised, ...rest } = openTurn(given);
  const loss = minimised(...before);
  for (const part of [rest.statistics, rest.memory, rest.reports]) {
    part.disposeOfReplaced();
    tf.dispose(part.values);
  }
  return loss;
}

/** What the phase minimises, as a function of the weights that move, and what that leaves behind. */
function openTurn({ phase, players, game, state, input, loss, random, watched }: TurnInput) {
  const weights = Object.fromEntries(
    Object.keys(players).map((name) => [name, partOf(state, weightName(name, ''))]),
  );
  const moving = phase.moves.flatMap((name) =>
    gradientWeights(networkOf({ players }, name)).map((weight) => fullName(name, weight)),
  );
  const statistics = new Replaced();
  const memory = new Replaced();
  const reports = new Replaced();
  const minimised = (...values: Tensor[]) => {
    const moved = Object.fromEntries(moving.map((name, index) => [name, values[index]!]));
    const current = (name: string) =>
      phase.moves.includes(name)
        ? {
            ...weights[name],
            ...partOf(moved, fullName(name, '')),
            ...partOf(statistics.values, fullName(name, '')),
          }
        : weights[name]!;
    return phase.minimises(
      turnOf({
        ...input,
        game,
        loss,
        random,
        memory: partOf(state, memoryName('')),
        weights: current,
        remember: (name, value) => memory.set({ [name]: value }),
        report: (name, value) => reports.set({ [name]: value }),
        run(name, inputs, judged) {
          const network = networkOf({ players }, name);
          requireInputs({ name, network, inputs });
          const pass = forward({ network, weights: current(name), inputs, mode: 'training', random });
          if (phase.moves.includes(name))
            statistics.set(renamed(pass.statistics, (weight) => fullName(name, weight)));
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
  const before = moving.map((name) => tensorOf(state, weightName(name)));
  return { moving, before, minimised, statistics, memory, reports };
}

/** A turn in which the players meet as the GAN says. */
function turnOf({
  game,
  run,
  ...rest
}: {
  game: Game;
  run(player: string, inputs: Tensors, judged?: WatchedPass['judged']): Tensors;
} & Omit<Turn, 'reals' | 'fakes' | 'judge' | 'run'>): Turn {
  let judged: WatchedPass['judged'];
  const within = <Answer>(kind: WatchedPass['judged'], work: () => Answer): Answer => {
    const before = judged;
    judged = kind;
    const answer = work();
    judged = before;
    return answer;
  };
  const runNow: Turn['run'] = (name, inputs) => run(name, inputs, judged);
  const { reals = () => ({ image: tensorOf(rest.inputs, 'real') }), ...meeting } = game({
    ...rest,
    run: runNow,
  });
  return {
    ...rest,
    run: runNow,
    reals: once(() => within('real', reals)),
    fakes: once(() => within(undefined, () => meeting.fakes())),
    judge(subject, kind) {
      const { logit, ...others } = within(isWithinPenalty() ? 'penalty' : kind, () =>
        meeting.judge(subject, kind),
      );
      if (!logit) throw new Error('The game’s `judge` answers no "logit".');
      const { image } = subject;
      return { ...others, logit, ...(image ? { seen: image } : {}) };
    },
  };
}

/** Throws where a player is not given what its network takes. */
function requireInputs({ name, network, inputs }: { name: string; network: Network; inputs: Tensors }): void {
  const missing = Object.keys(network.inputs).filter((input) => !inputs[input]);
  if (missing.length > 0)
    throw new Error(
      `The player "${name}" takes ${missing.join(' and ')}; it was given ${Object.keys(inputs).join(', ') || 'nothing'}.`,
    );
}

/** The same answer however often it is asked for. */
function once<Answer>(make: () => Answer): () => Answer {
  let made: { is: Answer } | undefined;
  return () => (made ??= { is: make() }).is;
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
  reached(moves: readonly string[], weights: Tensor[]): Tensor[] {
    const moving = new Set(
      this.passes
        .filter(({ network }) => moves.includes(network))
        .flatMap(({ values }) => Object.values(values))
        .map(({ id }) => id),
    );
    const ofWeights = this.downstream(weights);
    const isData = ({ network, values }: WatchedPass) =>
      !moves.includes(network) &&
      !ofWeights.has(Object.values(values).at(-1)!.id) &&
      [...this.downstream(Object.values(values))].some((id) => moving.has(id));
    this.places = this.passes
      .filter((pass) => !isData(pass))
      .flatMap((pass) => Object.keys(pass.values).map((name) => ({ pass, name })));
    return this.places.map(({ pass, name }) => tensorOf(pass.values, name));
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

/** A player's weight, as results of a turn name it. */
export const fullName = (player: string, weight: string): string => `${player}/${weight}`;

const mapped = (tensors: Tensors, change: (tensor: Tensor) => Tensor): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor)]));

type EngineState = { activeTape: { inputs: Tensors; outputs: Tensor[] }[]; gradientDepth: number };
const engineState = (): EngineState => (tf.engine() as unknown as { state: EngineState }).state;

/** Whether a gradient is being taken within a gradient. */
const isWithinPenalty = (): boolean => engineState().gradientDepth > 1;

/** Names of the weights that the optimiser moves, in the network's order. */
export function gradientWeights(network: Network): string[] {
  return weightSpecs(network)
    .filter((spec) => spec.movedBy === 'gradient')
    .map((spec) => spec.name);
}
