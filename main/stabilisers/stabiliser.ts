/**
 * What every stabiliser is: a penalty, augmentation, normalisation or trick that a run switches on. It
 * changes networks, turns or weights.
 */
import type { ExplainedKind, Refusal } from '../entry.ts';
import type { RunConfig } from '../contract/index.ts';
import type { Network } from '../layers/index.ts';
import { tf, type Scalar, type Shape, type Tensor, type Tensors } from '../tensor.ts';
import type { Phase, Turn } from '../turn.ts';

/**
 * A run as its stabilisers find it: its settings, its networks with all of them in place, and what its loss
 * can do.
 */
export type Settled = {
  config: RunConfig;
  networks: Record<string, Network>;
  loss: { label: string; takesLabels: boolean };
};

/** A part of the memory before the first step: one value everywhere. */
export type MemorySpec = { shape: Shape; value: number };

export type Stabiliser<Options extends Record<string, unknown> = Record<string, unknown>> =
  ExplainedKind<Options> & {
    /**
     * Why it makes no sense in this run, as a whole sentence, with what to do instead as the remedy; undefined
     * when it does.
     */
    refuses?(run: Settled, options: Options): Refusal | undefined;
    /** The networks with this in them. */
    networks?(networks: Record<string, Network>, options: Options): Record<string, Network>;
    /** What it keeps from step to step, by full name such as `ada/p`. */
    memory?(networks: Record<string, Network>, options: Options): Record<string, MemorySpec>;
    /** The phase with this in it. */
    turn?(phase: Phase, options: Options): Phase;
    /** A network's weights after an update, those that the gradient moves. */
    moved?(network: string, weights: Tensors, options: Options): Tensors;
  };

/** What a turn finds in the memory under this name. Throws where `memory` of no stabiliser has said it. */
export function remembered({ memory }: Turn, name: string): Tensor {
  const value = memory[name];
  if (value) return value;
  throw new Error(
    `No stabiliser keeps "${name}" from step to step; the memory holds ${Object.keys(memory).join(', ')}.`,
  );
}

/** The networks with one of them changed. */
export function changed(
  networks: Record<string, Network>,
  name: string,
  change: (network: Network) => Network,
): Record<string, Network> {
  return Object.fromEntries(
    Object.entries(networks).map(([own, network]) => [own, own === name ? change(network) : network]),
  );
}

/** Adds a term to what one network minimises. */
export function adding(phase: Phase, network: string, term: (turn: Turn) => Scalar): Phase {
  return phase.moves === network
    ? { ...phase, minimises: (turn) => tf.add(phase.minimises(turn), term(turn)) }
    : phase;
}

/** Changes what the phases of one network have in hand. */
export function changing(phase: Phase, network: string, change: (turn: Turn) => Turn): Phase {
  return phase.moves === network ? { ...phase, minimises: (turn) => phase.minimises(change(turn)) } : phase;
}

/** Changes every image on its way to D, real or fake, in every turn. */
export function seenThrough(phase: Phase, change: (images: Tensor, turn: Turn) => Tensor): Phase {
  return changing(phase, phase.moves, (turn) => ({
    ...turn,
    judge: (images, kind) => turn.judge(change(images, turn), kind),
  }));
}
