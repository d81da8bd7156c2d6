/** An update on a copy of the run, in words. */
import { ALL_PHASES, moversOf, type PhaseEntry, type Role } from '#main/contract/index.ts';

/** The role of a player, by its name; undefined if it moves in none of these phases. */
export function roleOf(player: string, phases: readonly PhaseEntry[]): Role | undefined {
  const phase = phases.find(({ moves }) => moves.includes(player));
  return phase?.roles[phase.moves.indexOf(player)];
}

/** The players that move in the phase of G: "G", "G and E". */
export function withG(phases: readonly PhaseEntry[]): string {
  return moversOf(phases.find(({ roles }) => roles.includes('generator')) ?? { roles: ['generator'] });
}

/**
 * What was updated, and how; empty for an unknown phase.
 * @param mover name of a phase, or ALL_PHASES
 */
export function moveWords(mover: string, phases: readonly PhaseEntry[]): string {
  if (mover === ALL_PHASES) {
    const [first = '', ...later] = phases.map(moversOf);
    return `${first} was updated on a copy of the run, then ${later.join(', then ')}. The number before is D’s output before its update.`;
  }
  const phase = phases.find(({ name }) => name === mover);
  if (!phase) return '';
  const movers = moversOf(phase);
  if (phase.roles.includes('discriminator'))
    return `${movers} was updated once on a copy of the run. G and its picture stayed as they were; only D’s output changes.`;
  return new Set(phase.roles).size > 1
    ? `${movers} were updated on a copy of the run, after D as in a step. The update follows the gradient of their loss over the whole batch.`
    : `${movers} was updated on a copy of the run, after D as in a step. The update follows the gradient of its loss over the whole batch.`;
}
