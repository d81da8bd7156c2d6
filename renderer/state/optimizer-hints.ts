/**
 * What the settings say of an optimiser's numbers when each is in its range and together they may not be what
 * was meant.
 */
import { ROLES, type PhaseEntry, type RunConfig } from '#main/contract/index.ts';

/**
 * Below it, SGD hardly moves; Adam and RMSProp, whose steps do not depend on the gradient's size, train below
 * it.
 */
const LEAST_FOR_SGD = 0.005;

/** Says that the learning rates are far too small for the optimiser; undefined when they are not. */
export function learningRateHint({ kind, learningRate }: RunConfig['optimizer']): string | undefined {
  const { discriminator, generator } = learningRate;
  const small = [discriminator < LEAST_FOR_SGD && 'D', generator < LEAST_FOR_SGD && 'G'].filter(
    (name) => name !== false,
  );
  if (kind !== 'sgd' || small.length === 0) return undefined;
  return `With SGD, ${small.join(' and ')} will hardly learn at ${small.length > 1 ? 'these learning rates' : 'this learning rate'}. Try 0.01\u00a0to\u00a00.1.`;
}

/** Who else learns at these rates: "E learns at the rate of G."; undefined where nobody does. */
export function sharedRateHint(phases: readonly PhaseEntry[]): string | undefined {
  const roles = [...new Set(phases.flatMap((phase) => phase.roles))];
  const shared = roles.flatMap((role) => {
    const { letter, side } = ROLES[role];
    return side === role ? [] : [`${letter} learns at the rate of ${ROLES[side].letter}.`];
  });
  return shared.join(' ') || undefined;
}

/**
 * Says where the learning rates' fall ends, and what that means for a run of so many steps; undefined while a
 * number is missing or cannot be.
 */
export function scheduleHint({
  optimizer: {
    schedule: { from, over, floor },
  },
  steps,
}: RunConfig): string | undefined {
  const end = from + over;
  if (![end, floor, steps].every(Number.isFinite) || over < 1) return undefined;
  if (from >= steps) return `The run is over by step ${spell(from)}: they do not fall.`;
  if (end > steps) return `The run ends before the fall does, at step ${spell(steps)} of ${spell(end)}.`;
  if (end < steps && floor === 0) return `Nothing is learnt after step ${spell(end)}: they are 0 then.`;
  return floor === 0
    ? `At step ${spell(end)} they are 0.`
    : `From step ${spell(end)} on they are ${spell(floor)} of what they were.`;
}

function spell(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: 6 });
}
