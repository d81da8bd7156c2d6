/** Hints on settings of the optimiser that are each in range, but together may not do what was meant. */
import { ROLES, type PhaseEntry, type RunConfig } from '#main/contract/index.ts';

/**
 * SGD hardly moves at lower learning rates. Adam and RMSProp do: their updates do not depend on the
 * gradient's size.
 */
const LEAST_FOR_SGD = 0.005;

/** Says that learning rates are far too low for the optimiser; undefined if they are not. */
export function learningRateHint({ kind, learningRate }: RunConfig['optimizer']): string | undefined {
  const { discriminator, generator } = learningRate;
  const small = [discriminator < LEAST_FOR_SGD && 'D', generator < LEAST_FOR_SGD && 'G'].filter(
    (name) => name !== false,
  );
  if (kind !== 'sgd' || small.length === 0) return undefined;
  return `With SGD, ${small.join(' and ')} will hardly learn at ${small.length > 1 ? 'these learning rates' : 'this learning rate'}. Try 0.01\u00a0to\u00a00.1.`;
}

/**
 * Which other players learn at the rates of G and D: "E learns at the rate of G."; undefined if there are
 * none.
 */
export function sharedRateHint(phases: readonly PhaseEntry[]): string | undefined {
  const roles = [...new Set(phases.flatMap((phase) => phase.roles))];
  const shared = roles.flatMap((role) => {
    const { letter, side } = ROLES[role];
    return side === role ? [] : [`${letter} learns at the rate of ${ROLES[side].letter}.`];
  });
  return shared.join(' ') || undefined;
}

/**
 * Says where the fall of the learning rates ends, and what that means for a run of this length; undefined
 * while a number is missing or impossible.
 */
export function scheduleHint({
  optimizer: {
    schedule: { from, over, floor },
  },
  steps,
}: RunConfig): string | undefined {
  const end = from + over;
  if (![end, floor, steps].every(Number.isFinite) || over < 1) return undefined;
  if (from >= steps) return `The learning rates do not fall: the run ends by step ${spell(from)}.`;
  if (end > steps) return `The run ends before the fall does, at step ${spell(steps)} of ${spell(end)}.`;
  if (end < steps && floor === 0) return `Nothing is learnt after step ${spell(end)}: they are 0 then.`;
  return floor === 0
    ? `At step ${spell(end)} they are 0.`
    : `From step ${spell(end)} on they are ${spell(floor)} of what they were.`;
}

function spell(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: 6 });
}
