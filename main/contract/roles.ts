/**
 * The roles that networks play in a GAN. Learning rate, averaging, stabilisers, colours and words go by role.
 */
import { z } from 'zod';

export const roleSchema = z.enum(['generator', 'discriminator', 'encoder', 'translator', 'head']);
export type Role = z.infer<typeof roleSchema>;

export type AboutRole = {
  /** Its letter in formulas. */
  letter: string;
  /** Whose learning rate it has: a player learns with the side that it plays on. */
  side: 'generator' | 'discriminator';
  /** Whether the trained model has the average of its weights. */
  isAveraged: boolean;
};

export const ROLES: Readonly<Record<Role, AboutRole>> = {
  generator: { letter: 'G', side: 'generator', isAveraged: true },
  discriminator: { letter: 'D', side: 'discriminator', isAveraged: false },
  encoder: { letter: 'E', side: 'generator', isAveraged: true },
  translator: { letter: 'T', side: 'generator', isAveraged: true },
  // It works on features of D, and learns with it.
  head: { letter: 'Q', side: 'discriminator', isAveraged: false },
};

/** What a trained model can do. */
export const useNameSchema = z.enum(['generate', 'encode', 'rebuild']);
export type UseName = z.infer<typeof useNameSchema>;

/**
 * What D's number can mean: a logit of the probability of being real, a score, or an energy, low where real.
 */
export const meaningSchema = z.enum(['logit', 'score', 'energy']);
export type Meaning = z.infer<typeof meaningSchema>;

/** A phase as a person sees it: which players move, and their roles. */
export const phaseEntrySchema = z.object({
  name: z.string(),
  moves: z.array(z.string()),
  roles: z.array(roleSchema),
});
export type PhaseEntry = z.infer<typeof phaseEntrySchema>;

/** Who moves in it: "D", "G and E", "G, E and Q"; two of one role are one letter. */
export function moversOf({ roles }: Pick<PhaseEntry, 'roles'>): string {
  const letters = [...new Set(roles)].map((role) => ROLES[role].letter);
  const last = letters.at(-1) ?? '';
  return letters.length < 2 ? last : `${letters.slice(0, -1).join(', ')} and ${last}`;
}

/** The same, with the phase's name if other phases of the GAN have the same movers. */
export function labelOf(phase: PhaseEntry, phases: readonly PhaseEntry[]): string {
  const movers = moversOf(phase);
  const isOnly = phases.every((other) => other.name === phase.name || moversOf(other) !== movers);
  return isOnly ? movers : `${movers} (${phase.name})`;
}

/** Who minimises each of the two losses: "D" and, in a GAN with an encoder, "G and E". */
export function moversBySide(phases: readonly PhaseEntry[] = []): Record<AboutRole['side'], string> {
  const of = (role: 'generator' | 'discriminator') => {
    const phase = phases.find(({ roles }) => roles.includes(role));
    return phase ? moversOf(phase) : ROLES[role].letter;
  };
  return { discriminator: of('discriminator'), generator: of('generator') };
}

/** What a trained model can do, as a person sees it. */
export const useEntrySchema = z.object({ use: useNameSchema, label: z.string() });
