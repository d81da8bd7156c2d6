/**
 * Computes one turn, before anything moves: its loss and gradients and, if it is watched, every pass of a
 * network and the gradients in it.
 */
import { forward, weightSpecs, type Network } from '../layers/index.ts';
import type { StepRandom } from '../step-random.ts';
import { tensorOf, tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import type { Game, Objective, Phase, Players, Turn } from '../game/index.ts';
import { memoryName, networkOf, partOf, renamed, weightName } from './state.ts';
import type { StepInput } from './step.ts';
import { isWithinPenalty, Watching, type WatchedPass } from './watching.ts';

/** What a phase computes, before anything moves. */
export type TurnResult = {
  loss: Scalar;
  /** By full name, such as `generator/start/kernel`. */
  gradients: Tensors;
  /** New running statistics, likewise by full name: weights that the optimiser does not move. */
  statistics: Tensors;
  /** New values of what stabilisers keep. */
  memory: Tensors;
  /** Numbers to be shown beside the losses. */
  reports: Record<string, Scalar>;
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
 * Computes the phase's loss and its gradient with respect to the weights of the players that move, and no
 * others. Values of `watched` are the caller's to free.
 */
export function takeTurn(given: TurnInput): TurnResult {
  const { moving, before, minimised, statistics, memory, reports } = openTurn(given);
  const watching = new Watching(given.watched ?? []);
  // The engine reads the list of sources only once the loss is computed, so that watched tensors can join it.
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

/** The phase's loss alone: nothing moves, and no gradient is computed except those that a penalty needs. */
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
  const [statistics, memory, reports] = [new Replaced(), new Replaced(), new Replaced()];
  const minimised = (...values: Tensor[]) => {
    const moved = Object.fromEntries(moving.map((name, index) => [name, values[index]!]));
    const current = (name: string): Tensors => ({
      ...weights[name],
      ...partOf(moved, fullName(name, '')),
      ...partOf(statistics.values, fullName(name, '')),
    });
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
          watched?.push({ network: name, judged, values: kept(pass.values), gradients: {} });
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
  const within = <Result>(kind: WatchedPass['judged'], work: () => Result): Result => {
    const before = judged;
    judged = kind;
    const result = work();
    judged = before;
    return result;
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
      if (!logit) throw new Error('The game’s `judge` returns no "logit".');
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

/** Calls `make` the first time only, and returns the same result ever after. */
function once<Result>(make: () => Result): () => Result {
  let made: { is: Result } | undefined;
  return () => (made ??= { is: make() }).is;
}

/**
 * Values that leave the tape's scope with the result of a turn, and so must be kept alive; the last of each
 * name counts.
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

/** A player's weight, as results of a turn name it. */
export const fullName = (player: string, weight: string): string => `${player}/${weight}`;

/** Keeps tensors alive: a penalty's passes are in a scope of their own, which ends before the turn does. */
const kept = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.keep(tensor)]));

/** Names of the weights that the optimiser moves, in the network's order. */
export function gradientWeights(network: Network): string[] {
  return weightSpecs(network)
    .filter((spec) => spec.movedBy === 'gradient')
    .map((spec) => spec.name);
}
