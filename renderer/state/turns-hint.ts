/** Whose turn it is, in a sentence. */
import { moversOf, type PhaseEntry, type Turns } from '#main/contract/index.ts';

/** @param phases of the GAN; none until the catalogue has come */
export function turnsHint({ kind, discriminator }: Turns, phases: readonly PhaseEntry[]): string {
  const others = phases.filter(({ roles }) => !roles.includes('discriminator'));
  const roles = others.flatMap((phase) => phase.roles);
  const movers = roles.length > 0 ? moversOf({ roles }) : 'G';
  const all = roles.length > 1 ? `D, ${movers} all move` : 'D and G both move';
  if (kind === 'together') return `${all} in every step.`;
  if (kind === 'alternating') return `D moves in one step, ${movers} in the next.`;
  if (!Number.isInteger(discriminator) || discriminator < 2)
    return `${all} in every step, as there is one turn of D to one of ${movers}.`;
  return `D moves in every step, ${movers} in every ${ordinal(discriminator)} one.`;
}

/** 2 -> "2nd", from 1 to 20. */
function ordinal(number: number): string {
  return `${number}${['th', 'st', 'nd', 'rd'][number] ?? 'th'}`;
}
