/**
 * Takes one turn of a step for inspection, with the values and gradients of every pass. It changes no state.
 */
import { StudioError } from '../contract/index.ts';
import { tf, type Scalar, type Tensor, type Tensors } from '../tensor.ts';
import type { Phase } from '../game/index.ts';
import { networkOf } from './state.ts';
import { phaseRandom, type Rules, type StepInput } from './step.ts';
import { lossOfTurn, takeTurn, type TurnResult } from './take-turn.ts';
import type { WatchedPass } from './watching.ts';

export type { WatchedPass } from './watching.ts';

type WatchedTurnInput = {
  rules: Rules;
  phase: Phase;
  /** The state in which the turn comes; the caller's. */
  state: Tensors;
  /** Makes what the turn is fed; it is freed with the rest. */
  input: () => StepInput;
};

export type WatchedTurn = { result: TurnResult; passes: WatchedPass[] };

/** Takes the turn and passes it to `use`; its tensors are freed after that. */
export function watchedTurn<Result>(
  { rules, phase, state, input: makeInput }: WatchedTurnInput,
  use: (turn: WatchedTurn) => Result,
): Result {
  return tidied(() => {
    const passes: WatchedPass[] = [];
    const input = makeInput();
    const random = phaseRandom(rules, phase, input.seed);
    let result: TurnResult | undefined;
    try {
      result = takeTurn({ ...rules, phase, state, input, random, watched: passes });
      return use({ result, passes });
    } finally {
      const { statistics = {}, memory = {}, reports = {} } = result ?? {};
      freeAllBut(state, [...passes.map(({ values }) => values), statistics, memory, reports]);
    }
  });
}

/** One output of a pass: its values, and the loss's gradient there, where it reaches. */
export type Traced = { value: Tensor; gradient: Tensor | undefined };

/**
 * The output of this name of a pass in the turn. `judged`: the kind of subject that the pass judged;
 * undefined for networks that make fakes. Throws StudioError `not-in-this-turn` where the turn has no such
 * pass.
 */
export function traced(
  passes: readonly WatchedPass[],
  {
    rules,
    network,
    judged,
    output,
  }: { rules: Rules; network: string; judged?: WatchedPass['judged']; output: string },
): Traced {
  const pass = passes.find((each) => each.network === network && each.judged === judged);
  const layer = networkOf(rules, network).outputs[output];
  const value = layer === undefined ? undefined : pass?.values[layer];
  if (!pass || layer === undefined || !value)
    throw new StudioError({
      code: 'not-in-this-turn',
      message: `This turn has no "${output}" of "${network}", so there is nothing to inspect.`,
      remedy: 'Choose another turn.',
    });
  return { value, gradient: pass.gradients[layer] };
}

/**
 * The same for the turn's loss alone: no gradient is computed. `randomOf`: the phase whose random numbers are
 * drawn, by default its own.
 */
export function watchedLoss<Result>(
  { rules, phase, state, input: makeInput, randomOf = phase }: WatchedTurnInput & { randomOf?: Phase },
  use: (turn: { loss: Scalar; passes: WatchedPass[] }) => Result,
): Result {
  return tidied(() => {
    const passes: WatchedPass[] = [];
    const input = makeInput();
    const random = phaseRandom(rules, randomOf, input.seed);
    try {
      const loss = lossOfTurn({ ...rules, phase, state, input, random, watched: passes });
      return use({ loss, passes });
    } finally {
      freeAllBut(
        state,
        passes.map(({ values }) => values),
      );
    }
  });
}

/**
 * Runs the work and frees its tensors. Unlike tf.tidy it does not search the result for tensors: that would
 * take a second for a million numbers.
 */
export function tidied<Result>(work: () => Result): Result {
  let result: { is: Result } | undefined;
  tf.tidy(() => {
    result = { is: work() };
  });
  if (!result) throw new Error('The work was not done.');
  return result.is;
}

/**
 * Frees what a tidy scope keeps, except what the state holds: what a stabiliser reports or remembers may be
 * one of its tensors.
 */
function freeAllBut(state: Tensors, kept: Tensors[]): void {
  const held = new Set<Tensor>(Object.values(state));
  tf.dispose(kept.flatMap((tensors) => Object.values(tensors)).filter((tensor) => !held.has(tensor)));
}
