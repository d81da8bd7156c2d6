/**
 * Roles spelt out, "Discriminator (D)": in legends, headings and wherever a person meets a player first.
 * Axes, formulas and tight places have the letter alone.
 */
import { labelOf, moversOf, ROLES, type PhaseEntry, type Role } from '#main/contract/index.ts';

/** "Discriminator (D)". */
export function roleName(role: Role): string {
  return `${role.charAt(0).toUpperCase()}${role.slice(1)} (${ROLES[role].letter})`;
}

/** "Generator (G) and encoder (E)"; two of one role are one. */
export function movers({ roles }: Pick<PhaseEntry, 'roles'>): string {
  const [first, ...others] = [...new Set(roles)].map(roleName);
  const later = others.map((name) => name.charAt(0).toLowerCase() + name.slice(1));
  return first ? new Intl.ListFormat('en-GB').format([first, ...later]) : '';
}

/** The same, with the phase's name where other phases of the GAN have the same movers. */
export function phaseTitle(phase: PhaseEntry, phases: readonly PhaseEntry[]): string {
  const isOnly = labelOf(phase, phases) === moversOf(phase);
  return isOnly ? movers(phase) : `${movers(phase)}, ${phase.name}`;
}
