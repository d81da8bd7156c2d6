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
/** By name, which their weights bear in a checkpoint. */
export type Players = Record<string, Player>;

/** Numbers of a latent space: normal, uniform over [-1, 1), or one of `size` kinds, as a one among zeros. */
export type LatentSource = { kind: 'latent'; size: number; distribution: 'normal' | 'uniform' | 'one-hot' };

/** What a step is fed under one name; the batch stands in front. */
export type Source =
  /** Images of the dataset, [size, size, channels] in [-1, 1]. */
  | { kind: 'images' }
  /** Classes, one-hot, [classes]: those of the images, or drawn for fakes, each as likely as any other. */
  | { kind: 'labels'; of: 'images' | 'fakes' }
  | LatentSource;
export type Sources = Record<string, Source>;

/**
 * What a trained model can do. Its networks run one behind the other; each is fed, by the names of its inputs,
 * what was given and what those before it answered.
 */
export type Use = {
  use: UseName;
  /** For a person, such as "Rebuild pictures". */
  label: string;
  networks: readonly string[];
  /** Outputs of the last network. */
  gives: readonly string[];
};

/** D's answers to the real batch and to the fakes, without an activation: [batch, nodes] each. */
export type Logits = { real: Tensor; fake: Tensor };

/** What D is told that real images and fakes are, as the probability of being real. */
export type Labels = { real: number; fake: number };
export const HARD_LABELS: Labels = { real: 1, fake: 0 };

/** What the players minimise, given D's logits: a loss with its options filled in. */
export type Objective = {
  /** Losses without labels take no other ones than HARD_LABELS. */
  discriminator(logits: Logits, labels?: Labels): Scalar;
  generator(logits: Logits): Scalar;
  /** What an encoder minimises: it wants D to call its real pairs fake, as G wants D to call its fakes real. */
  encoder(logits: Logits): Scalar;
};

export type Kind = 'real' | 'fake';

/** What D judges, by the names of its inputs: an `image`, its code, or both. */
export type Subject = Tensors;

/**
 * D's outputs for a subject, by name, and `seen`, the image that D saw, where it sees one: behind augmentation,
 * noise and packing.
 */
export type Answers = Tensors & { logit: Tensor };

/** Tensors carry the batch in front. */
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
  /** D's outputs for a subject of the batch; what stands between an image and D happens here. */
  judge(subject: Subject, kind: Kind): Answers;
  /** Weights of a player as this turn sees them: those of the players that move carry the gradient. */
  weights(player: string): Tensors;
  /** What stabilisers keep from step to step, by full name such as `ada/p`. */
  memory: Tensors;
  /** Sets a part of the memory, of the same shape, once the turn is over. */
  remember(name: string, value: Tensor): void;
  /** Shows a number beside the losses. */
  report(name: string, value: Scalar): void;
};

/** How the players of a GAN meet in a step. */
export type Meeting = {
  /** The images of the source `real`, unless said. */
  reals?(): Subject;
  fakes(): Subject;
  /** D's outputs, `logit` among them: [batch, nodes]. */
  judge(subject: Subject, kind: Kind): Tensors;
};
export type Game = (turn: Pick<Turn, 'inputs' | 'run'>) => Meeting;

/** One turn of a step: which players move, together, in which steps, and what they minimise. */
export type Phase = {
  name: string;
  moves: readonly string[];
  /** It is taken in every `everySteps`th step, first in step `firstStep`, from 0. */
  everySteps: number;
  firstStep?: number;
  minimises(turn: Turn): Scalar;
};

/** A phase of a run, with the roles of those that it moves. */
export type PlayedPhase = Phase & { roles: readonly Role[] };
