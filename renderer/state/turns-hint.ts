/** Whose turn it is, in a sentence. */
import type { Turns } from '#main/contract/index.ts';

export function turnsHint({ kind, discriminator }: Turns): string {
  if (kind === 'together') return 'D and G both move in every step.';
  if (kind === 'alternating') return 'D moves in one step, G in the next.';
  if (!Number.isInteger(discriminator) || discriminator < 2)
    return 'D and G both move in every step, as there is one turn of D to one of G.';
  return `D moves in every step, G in every ${ordinal(discriminator)} one.`;
}

/** 2 -> "2nd", from 1 to 20. */
function ordinal(number: number): string {
  return `${number}${['th', 'st', 'nd', 'rd'][number] ?? 'th'}`;
}
