/**
 * A turn: what one phase has in hand when it says what its network minimises. GANs define phases, stabilisers
 * change them.
 */
import type { StepRandom } from './step-random.ts';
import type { Scalar, Tensor, Tensors } from './tensor.ts';

/** D's answers to the real batch and to the fakes, without an activation: [batch, nodes] each. */
export type Verdicts = { real: Tensor; fake: Tensor };

/** What D is told that real images and fakes are, as the probability of being real. */
export type Labels = { real: number; fake: number };
export const HARD_LABELS: Labels = { real: 1, fake: 0 };

/** What D and G minimise, given D's verdicts: a loss with its options filled in. */
export type Objective = {
  /** Losses without labels take no other ones than HARD_LABELS. */
  discriminator(verdicts: Verdicts, labels?: Labels): Scalar;
  generator(verdicts: Verdicts): Scalar;
};

export type Kind = 'real' | 'fake';

/**
 * D's outputs for images, by name, and `seen`, what D saw: the images behind augmentation, noise and packing.
 */
export type Answers = Tensors & { verdict: Tensor };

/** Tensors carry the batch in front. */
export type Turn = {
  /** [batch, size, size, channels] in [-1, 1] */
  real: Tensor;
  z: Tensor;
  /**
   * Classes of the real images and of the fakes, one-hot, [batch, classes]; absent where images have none.
   */
  classes: { real: Tensor; fake: Tensor } | undefined;
  /** Steps taken before this one. */
  step: Scalar;
  loss: Objective;
  /** New random numbers in every turn. */
  random: StepRandom;
  /** Runs a network in training mode: named inputs in, named outputs out. */
  run(network: string, inputs: Tensors): Tensors;
  /**
   * G's images of z, the same ones however often they are asked for: [batch, size, size, channels] in [-1,
   * 1].
   */
  fakes(): Tensor;
  /** D's outputs for images of the batch; what stands between an image and D happens here. */
  judge(images: Tensor, kind: Kind): Answers;
  /** Weights of a network as this turn sees them: those of the network that moves carry the gradient. */
  weights(network: string): Tensors;
  /** What stabilisers keep from step to step, by full name such as `ada/p`. */
  memory: Tensors;
  /** Sets a part of the memory, of the same shape, once the turn is over. */
  remember(name: string, value: Tensor): void;
  /** Shows a number beside the losses. */
  report(name: string, value: Scalar): void;
};

/** One turn of a step: which network moves, in which steps, and what it minimises. */
export type Phase = {
  name: string;
  moves: string;
  /** It is taken in every `everySteps`th step, first in step `firstStep`, from 0. */
  everySteps: number;
  firstStep?: number;
  minimises(turn: Turn): Scalar;
};
