/**
 * The game: who plays, what a step is fed, how the players meet, and what each phase minimises. GANs declare
 * it, stabilisers change it.
 */
import type { Role, UseName } from '../contract/index.ts';
import type { Network } from '../layers/index.ts';
import type { StepRandom } from '../step-random.ts';
import type { Scalar, Tensor, Tensors } from '../tensor.ts';

/** A network with the role that it plays. */
export type Player = { role: Role; network: Network };
/** By name; in a checkpoint, the names of their weights contain it. */
export type Players = Record<string, Player>;

/** A part of the latent space, `size` numbers: normal, uniform over [-1, 1), or one-hot. */
export type LatentSource = { kind: 'latent'; size: number; distribution: 'normal' | 'uniform' | 'one-hot' };

/** What a step is fed under one name; the first dimension is the batch. */
export type Source =
  /** Images of the data set, [size, size, channels] in [-1, 1]. */
  | { kind: 'images' }
  /** Classes, one-hot [classes]: those of the images, or those of the fakes, drawn uniformly. */
  | { kind: 'labels'; of: 'images' | 'fakes' }
  | LatentSource;
export type Sources = Record<string, Source>;

/**
 * What a trained model can do. Its networks run in order; each takes its inputs, by name, from what the use
 * is given and from the outputs of the networks before it.
 */
export type Use = {
  use: UseName;
  /** For a person, such as "Rebuild pictures". */
  label: string;
  networks: readonly string[];
  /** Outputs of the last network. */
  gives: readonly string[];
};

/** D's outputs for the real batch and for the fakes, without an activation: [batch, nodes] each. */
export type Logits = { real: Tensor; fake: Tensor };

/** The numbers that D is trained towards for real images and for fakes: probabilities of being real. */
export type Labels = { real: number; fake: number };
export const HARD_LABELS: Labels = { real: 1, fake: 0 };

/** What the players minimise, given D's logits: a loss with its options filled in. */
export type Objective = {
  /** A loss that takes no labels accepts only HARD_LABELS. */
  discriminator(logits: Logits, labels?: Labels): Scalar;
  generator(logits: Logits): Scalar;
  /**
   * What an encoder minimises: it wants D to call its real pairs fake, as G wants D to call its fakes real.
   */
  encoder(logits: Logits): Scalar;
};

export type Kind = 'real' | 'fake';

/** What D judges, by the names of its inputs: an `image`, its code, or both. */
export type Subject = Tensors;

/**
 * D's outputs for a subject, by name, and `seen`: the image that D saw, after augmentation, noise and
 * packing, if the subject has one.
 */
export type Outputs = Tensors & { logit: Tensor };

/** What a phase can use to compute what it minimises. The first dimension of tensors is the batch. */
export type Turn = {
  /** What the step is fed, by the names of the GAN's sources. */
  inputs: Tensors;
  /** Steps taken before this one. */
  step: Scalar;
  loss: Objective;
  /** New random numbers in every turn. */
  random: StepRandom;
  /** Runs a network in training mode: named inputs in, named outputs out. */
  run(player: string, inputs: Tensors): Tensors;
  /** What D judges as real, the same however often it is asked for. */
  reals(): Subject;
  /** What D judges as fake, the same however often it is asked for. */
  fakes(): Subject;
  /** D's outputs for a subject of the batch; augmentation, noise and packing are applied here. */
  judge(subject: Subject, kind: Kind): Outputs;
  /**
   * A player's weights in this turn; the gradient is taken with respect to those of the players that move.
   */
  weights(player: string): Tensors;
  /** What stabilisers keep from step to step, by full name such as `ada/p`. */
  memory: Tensors;
  /** Replaces a part of the memory, in the same shape, once the turn is over. */
  remember(name: string, value: Tensor): void;
  /** Shows a number beside the losses. */
  report(name: string, value: Scalar): void;
};

/** How the players of a GAN meet in a step. */
export type Meeting = {
  /** If left out, the images of the source `real`. */
  reals?(): Subject;
  fakes(): Subject;
  /** D's outputs, `logit` among them: [batch, nodes]. */
  judge(subject: Subject, kind: Kind): Tensors;
};
export type Game = (turn: Pick<Turn, 'inputs' | 'run'>) => Meeting;

/** A declared update: which players move together, in which steps, and what they minimise. */
export type Phase = {
  name: string;
  moves: readonly string[];
  /** It is due in step `firstStep` (from 0, the default), and in every `everySteps`th step after that. */
  everySteps: number;
  firstStep?: number;
  minimises(turn: Turn): Scalar;
};

/** A phase of a run, with the roles of the players that it moves. */
export type PlayedPhase = Phase & { roles: readonly Role[] };
