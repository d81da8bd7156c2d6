/** The turns of the lab's slow motion: their order, their pace, and a sentence on each. */
import { moversOf, ROLES, type PhaseEntry, type Role, type Turns } from '#main/contract/index.ts';

/** The phases of a round, by name and in order; D's comes as often as the settings say, the others once. */
export function roundOf(phases: readonly PhaseEntry[], { kind, discriminator }: Turns): string[] {
  const times = kind === 'several' ? discriminator : 1;
  return phases.flatMap(({ name, roles }) =>
    new Array<string>(roles.includes('discriminator') ? times : 1).fill(name),
  );
}

/** Milliseconds from one turn to the next. */
const TURN = 1000;

/** Gives the turns of a round one by one, at the pace of slow motion. */
export class SlowMotion {
  #taken = 0;
  #nextAt = 0;

  /** Begins the round again. */
  restart(): void {
    this.#taken = 0;
  }

  /**
   * The turn that is due at `now`, in milliseconds, by the name of its phase; undefined if none is due yet.
   */
  next(now: number, round: readonly string[]): { turn: string | undefined } | undefined {
    if (now < this.#nextAt) return undefined;
    this.#nextAt = now + TURN;
    return { turn: round[this.#taken++ % Math.max(1, round.length)] };
  }
}

/** What a player of each role learns in its turn. */
const LEARNS: Record<Role, string> = {
  generator: 'learns to make fakes that lie further along the arrows',
  discriminator: 'learns to tell real points from fakes',
  encoder: 'learns to find the z of real points',
  translator: 'learns to turn points of one kind into the other',
  head: 'learns to tell which of its codes a fake was made from',
};

/** A turn in words: "G’s turn", and what its players learn and who waits. `phases`: all phases of the GAN. */
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
