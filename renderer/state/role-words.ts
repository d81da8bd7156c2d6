/**
 * Roles spelt out, "Discriminator (D)", for legends, headings and wherever a person meets a player first.
 * Axes, formulas and other small texts have the letter alone.
 */
import { labelOf, moversOf, ROLES, type PhaseEntry, type Role } from '#main/contract/index.ts';

/** The name of a role: "Discriminator (D)". */
export function roleName(role: Role): string {
  return `${role.charAt(0).toUpperCase()}${role.slice(1)} (${ROLES[role].letter})`;
}

/** The roles that move in a phase, each once: "Generator (G) and encoder (E)". */
export function movers({ roles }: Pick<PhaseEntry, 'roles'>): string {
  const [first, ...others] = [...new Set(roles)].map(roleName);
  const later = others.map((name) => name.charAt(0).toLowerCase() + name.slice(1));
  return first ? new Intl.ListFormat('en-GB').format([first, ...later]) : '';
}

/**
 * The title of a phase: the roles that move in it, with its name if the same roles move in another phase too.
 */
export function phaseTitle(phase: PhaseEntry, phases: readonly PhaseEntry[]): string {
  const isOnly = labelOf(phase, phases) === moversOf(phase);
  return isOnly ? movers(phase) : `${movers(phase)}, ${phase.name}`;
}
