/**
 * A stabiliser is a penalty, augmentation, normalisation or trick that a run can switch on. It changes
 * networks, turns or weights.
 */
import type { ExplainedKind, PlayedPhase, Players, Refusal, Settled, Subject, Turn } from '../game/index.ts';
import type { Role } from '../contract/index.ts';
import type { Network } from '../layers/index.ts';
import { tf, type Scalar, type Shape, type Tensor, type Tensors } from '../tensor.ts';

/** A tensor that a stabiliser keeps, and the value that it has everywhere before the first step. */
export type MemorySpec = { shape: Shape; value: number };

export type Stabiliser<Options extends Record<string, unknown> = Record<string, unknown>> =
  ExplainedKind<Options> & {
    /**
     * Why it makes no sense in this run, as a whole sentence, with what to do instead as the remedy;
     * undefined if it makes sense.
     */
    refuses?(run: Settled, options: Options): Refusal | undefined;
    /** The players with this stabiliser in their networks. */
    players?(players: Players, options: Options): Players;
    /** What it keeps from step to step, by full name such as `ada/p`. */
    memory?(players: Players, options: Options): Record<string, MemorySpec>;
    /** The phase with this stabiliser in it. */
    turn?(phase: PlayedPhase, options: Options): PlayedPhase;
    /** What becomes of a player's weights after an update, of those that the gradient moves. */
    moved?(role: Role, weights: Tensors, options: Options): Tensors;
  };

/** The tensor that is kept under this name. Throws if no stabiliser's `memory` declares it. */
export function remembered({ memory }: Turn, name: string): Tensor {
  const value = memory[name];
  if (value) return value;
  throw new Error(
    `No stabiliser keeps "${name}" from step to step; the memory holds ${Object.keys(memory).join(', ')}.`,
  );
}

/** The networks of this role. */
export function networksAs(role: Role, players: Players): Network[] {
  return Object.values(players)
    .filter((player) => player.role === role)
    .map(({ network }) => network);
}

/** The players with the networks of one role changed. */
export function changed(players: Players, role: Role, change: (network: Network) => Network): Players {
  return Object.fromEntries(
    Object.entries(players).map(([name, player]) => [
      name,
      player.role === role ? { ...player, network: change(player.network) } : player,
    ]),
  );
}

/** The refusal of a stabiliser that would act on only one D of several. */
export function refusesSeveral({ players }: Settled): Refusal | undefined {
  const count = networksAs('discriminator', players).length;
  if (count === 1) return undefined;
  return {
    message: `It works with one D, and this GAN has ${count}.`,
    remedy: 'Switch it off, or choose a GAN with one D, such as DCGAN.',
  };
}

/** The refusal of a stabiliser that changes images, if D judges something else, or points of the plane. */
export function refusesNoImages({ image, players }: Settled): Refusal | undefined {
  if (image.size === 1)
    return {
      message: 'Points of the plane cannot be shifted or coloured as pictures can.',
      remedy: 'Switch it off, or choose a folder of pictures.',
    };
  if (networksAs('discriminator', players).every(({ inputs }) => isPicture(inputs['image'])))
    return undefined;
  return {
    message: 'The D of this GAN does not judge pictures, so there are none to change.',
    remedy: 'Switch it off, or choose a GAN whose D judges pictures, such as DCGAN.',
  };
}

const isPicture = (shape: Shape | undefined): boolean => shape?.length === 3;

/** A subject with each of its parts changed. */
export function mapped(subject: Subject, change: (part: Tensor, name: string) => Tensor): Subject {
  return Object.fromEntries(Object.entries(subject).map(([name, part]) => [name, change(part, name)]));
}

/** Each row of a part times its own number: [batch, ...] and share, of `batch` numbers -> [batch, ...] */
export function scaled(part: Tensor, share: Tensor): Tensor {
  return tf.mul(
    tf.reshape(
      share,
      part.shape.map((_, axis) => (axis === 0 ? -1 : 1)),
    ),
    part,
  );
}

/** Adds a term to what players of this role minimise. */
export function adding(phase: PlayedPhase, role: Role, term: (turn: Turn) => Scalar): PlayedPhase {
  return phase.roles.includes(role)
    ? { ...phase, minimises: (turn) => tf.add(phase.minimises(turn), term(turn)) }
    : phase;
}

/** Changes the turn of the phases in which this role moves. */
export function changing(phase: PlayedPhase, role: Role, change: (turn: Turn) => Turn): PlayedPhase {
  return phase.roles.includes(role)
    ? { ...phase, minimises: (turn) => phase.minimises(change(turn)) }
    : phase;
}

/** Changes every image on its way to D, real or fake, in every turn. */
export function seenThrough(phase: PlayedPhase, change: (images: Tensor, turn: Turn) => Tensor): PlayedPhase {
  return subjectsThrough(phase, ({ image, ...others }, turn) =>
    image ? { ...others, image: change(image, turn) } : others,
  );
}

/** Changes each whole subject on its way to D: the image and the other parts. */
export function subjectsThrough(
  phase: PlayedPhase,
  change: (subject: Subject, turn: Turn) => Subject,
): PlayedPhase {
  return {
    ...phase,
    minimises: (turn) =>
      phase.minimises({ ...turn, judge: (subject, kind) => turn.judge(change(subject, turn), kind) }),
  };
}
