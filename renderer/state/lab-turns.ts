/** Whose turn it is in the lab's slow motion, and what happens in it, in a plain sentence. */
import { moversOf, ROLES, type PhaseEntry, type Role, type Turns } from '#main/contract/index.ts';

/** Names of phases, one after the other: so many turns of D to one of the others as the settings have it. */
export function roundOf(phases: readonly PhaseEntry[], { kind, discriminator }: Turns): string[] {
  const times = kind === 'several' ? discriminator : 1;
  return phases.flatMap(({ name, roles }) =>
    new Array<string>(roles.includes('discriminator') ? times : 1).fill(name),
  );
}

/** Milliseconds from one turn of slow motion to the next. */
const TURN = 1000;

/** Turns one by one, in the order of the round. */
export class SlowMotion {
  #taken = 0;
  #nextAt = 0;

  /** The round begins anew. */
  restart(): void {
    this.#taken = 0;
  }

  /** Takes the turn that is due, of the phase of this name; undefined until one is. */
  next(now: number, round: readonly string[]): { turn: string | undefined } | undefined {
    if (now < this.#nextAt) return undefined;
    this.#nextAt = now + TURN;
    return { turn: round[this.#taken++ % Math.max(1, round.length)] };
  }
}

const LEARNS: Record<Role, string> = {
  generator: 'learns to make fakes that lie further along the arrows',
  discriminator: 'learns to tell real points from fakes',
  encoder: 'learns to find the z of real points',
  translator: 'learns to turn points of one kind into the other',
  head: 'learns to tell which of its codes a fake was made of',
};

/** `phases`: all of the GAN's. */
export function turnWords(phase: PhaseEntry, phases: readonly PhaseEntry[]): { whose: string; what: string } {
  const waiting = phases.flatMap(({ roles }) => roles).filter((role) => !phase.roles.includes(role));
  const waits =
    waiting.length === 0
      ? ''
      : ` ${moversOf({ roles: waiting })} ${new Set(waiting).size > 1 ? 'wait' : 'waits'}.`;
  const [first, ...others] = phase.roles;
  const what =
    first && others.length === 0
      ? `it ${LEARNS[first]}`
      : phase.roles.map((role) => `${ROLES[role].letter} ${LEARNS[role]}`).join(', ');
  return { whose: `${moversOf(phase)}’s turn`, what: `${what}.${waits}` };
}
