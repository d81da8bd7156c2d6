/** Whose turn it is, in a sentence. */
import { moversOf, type PhaseEntry, type Role, type Turns } from '#main/contract/index.ts';

/** Who moves in the turns that are not D's: "G", "G and E"; G where no phase is known. */
export function othersThanD(phases: readonly PhaseEntry[]): string {
  const roles = rolesBesideD(phases);
  return moversOf({ roles: roles.length > 0 ? roles : ['generator'] });
}

/** @param phases of the GAN; none until the catalogue has come */
export function turnsHint({ kind, discriminator }: Turns, phases: readonly PhaseEntry[]): string {
  const movers = othersThanD(phases);
  const all =
    rolesBesideD(phases).length > 1 ? `D, ${movers} are all updated` : `D and ${movers} are both updated`;
  if (kind === 'together') return `${all} in every step.`;
  if (kind === 'alternating') return `D is updated in one step, ${movers} in the next.`;
  if (!Number.isInteger(discriminator) || discriminator < 2) return `${all} in every step.`;
  return `D is updated in every step, ${movers} in every ${ordinal(discriminator)} one.`;
}

/** Each of them once. */
function rolesBesideD(phases: readonly PhaseEntry[]): Role[] {
  const others = phases.filter(({ roles }) => !roles.includes('discriminator'));
  return [...new Set(others.flatMap(({ roles }) => roles))];
}

/** 2 -> "2nd", from 1 to 20. */
function ordinal(number: number): string {
  return `${number}${['th', 'st', 'nd', 'rd'][number] ?? 'th'}`;
}
