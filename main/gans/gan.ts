/** What every GAN is: networks as data, a default loss, and phases, the turns in which one network moves. */
import type { z } from 'zod';
import type { Network } from '../layers/index.ts';
import type { StepRandom } from '../step-random.ts';
import type { Scalar, Tensor, Tensors } from '../tensor.ts';

export type ImageShape = { size: number; channels: number };

/** What D and G minimise, given D's verdicts on real and on generated images, [batch, nodes] each; the run's loss is one. */
export type Objective = {
  discriminator(verdicts: { real: Tensor; fake: Tensor }): Scalar;
  generator(verdicts: { real: Tensor; fake: Tensor }): Scalar;
};

/** What a phase has in hand: the batch, z, and the networks to run. Tensors carry the batch in front. */
export type Turn = {
  real: Tensor;
  z: Tensor;
  loss: Objective;
  /** New random numbers in every turn. */
  random: StepRandom;
  /** Runs a network in training mode: named inputs in, named outputs out. */
  run(network: string, inputs: Tensors): Tensors;
};

/** One turn: which network moves, every how many steps, and what it minimises. */
export type Phase = {
  name: string;
  moves: string;
  everySteps: number;
  minimises(turn: Turn): Scalar;
};

export type Gan = {
  kind: string;
  label: string;
  summary: string;
  paper: { title: string; url: string };
  /** Kind of the loss it was published with. */
  loss: string;
  options: z.ZodObject;
  /** In the order in which a step takes them. */
  phases: Phase[];
  /**
   * Throws StudioError when it cannot make images of this shape. `options` has passed the schema above.
   * `verdicts`: nodes that the run's loss wants D to answer with, without an activation.
   */
  networks(given: { options: Record<string, unknown>; image: ImageShape; z: number; verdicts: 1 | 2 }): Record<string, Network>;
};
