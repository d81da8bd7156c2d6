/** The update order of a run in words: which players are updated in which steps. */
import { moversOf, type PhaseEntry, type Role, type Turns } from '#main/contract/index.ts';

/** The players that move in other turns than D's: "G", "G and E"; "G" if no phase is known. */
export function othersThanD(phases: readonly PhaseEntry[]): string {
  const roles = rolesBesideD(phases);
  return moversOf({ roles: roles.length > 0 ? roles : ['generator'] });
}

/**
 * The update order in a sentence.
 * @param phases all phases of the GAN; none until the catalogue has loaded
 */
export function turnsHint({ kind, discriminator }: Turns, phases: readonly PhaseEntry[]): string {
  const movers = othersThanD(phases);
  const all =
    rolesBesideD(phases).length > 1 ? `D, ${movers} are all updated` : `D and ${movers} are both updated`;
  if (kind === 'together') return `${all} in every step.`;
  if (kind === 'alternating') return `D is updated in one step, ${movers} in the next.`;
  if (!Number.isInteger(discriminator) || discriminator < 2) return `${all} in every step.`;
  return `D is updated in every step, ${movers} in every ${ordinal(discriminator)} one.`;
}

/** The roles that move in other turns than D's, each once. */
function rolesBesideD(phases: readonly PhaseEntry[]): Role[] {
  const others = phases.filter(({ roles }) => !roles.includes('discriminator'));
  return [...new Set(others.flatMap(({ roles }) => roles))];
}

/** 2 -> "2nd", from 1 to 20. */
function ordinal(number: number): string {
  return `${number}${['th', 'st', 'nd', 'rd'][number] ?? 'th'}`;
}
