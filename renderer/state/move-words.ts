/** What was done on a copy of the run, in plain words. */
import { ALL_PHASES, moversOf, type PhaseEntry, type Role } from '#main/contract/index.ts';

/** The role of a player that moves in one of these phases. */
export function roleOf(player: string, phases: readonly PhaseEntry[]): Role | undefined {
  const phase = phases.find(({ moves }) => moves.includes(player));
  return phase?.roles[phase.moves.indexOf(player)];
}

/** Who minimises the loss that G has a part in: "G", "G and E". */
export function withG(phases: readonly PhaseEntry[]): string {
  return moversOf(phases.find(({ roles }) => roles.includes('generator')) ?? { roles: ['generator'] });
}

/** @param mover a phase by its name, or all of them */
export function moveWords(mover: string, phases: readonly PhaseEntry[]): string {
  if (mover === ALL_PHASES) {
    const [first = '', ...later] = phases.map(moversOf);
    return `${first} took its turn on a copy of the run, then ${later.join(', then ')}. The number before is D’s answer ahead of its turn.`;
  }
  const phase = phases.find(({ name }) => name === mover);
  if (!phase) return '';
  const movers = moversOf(phase);
  if (phase.roles.includes('discriminator'))
    return `${movers} took one turn on a copy of the run; G stayed as it was, and so did the image. D’s answer to it changes.`;
  return new Set(phase.roles).size > 1
    ? `${movers} took their turn on a copy of the run, behind D’s as in the step; D stayed as it was then. They move against the slope of their loss, over the whole batch.`
    : `${movers} took its turn on a copy of the run, behind D’s as in the step; D stayed as it was then. ${movers} moves against the slope of its loss, over the whole batch.`;
}
