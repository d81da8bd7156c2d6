/** A loss says what D and G minimise, given D's outputs. */
import type { Meaning } from '../contract/index.ts';
import type { ExplainedKind, Labels, Logits, Reading } from '../game/index.ts';
import type { Scalar, Tensor } from '../tensor.ts';

/**
 * The derivative of a loss by one logit v of n, for the page to show; with two nodes, v is real minus fake.
 */
export type LossGradient<Options extends Record<string, unknown> = Record<string, unknown>> = {
  formula: string;
  /** The values of the formula's other letters. */
  letters?(options: Options): Record<string, number>;
  at(v: number, n: number, options: Options): number;
};
/** Declared as a method, so that losses with any options fit one list. */
type Exchange<Options> = { exchange(logit: Tensor, options: Options): Tensor };

export type Loss<Options extends Record<string, unknown> = Record<string, unknown>> =
  ExplainedKind<Options> & {
    /** Numbers that D outputs for each image. */
    nodes: 1 | 2;
    /** Left out if the gradient by one logit depends on the others. */
    gradients?: {
      discriminator: { real: LossGradient<Options>; fake: LossGradient<Options> };
      generator: LossGradient<Options>;
    };
    /** What D's output means under this loss; a GAN says which meanings its D can have. */
    meaning: Meaning;
    /** How the output of a D trained with this loss is to be read. */
    reading(options: Options): Reading;
    /** Whether D's part takes labels other than 1 and 0. */
    takesLabels?: boolean;
    discriminator(logits: Logits, options: Options, labels: Labels): Scalar;
    /**
     * The logits of real images are for losses that compare real and fake; if a loss does not use them, a
     * compiled step does not compute them.
     */
    generator(logits: Logits, options: Options): Scalar;
    /**
     * What a logit becomes when real and fake are exchanged; by default its negative. With it, an encoder
     * minimises G's loss with its real pairs in the place of fakes. 'comparison': G's part uses real logits
     * already, and an encoder adds nothing.
     */
    exchanged?: 'comparison' | Exchange<Options>['exchange'];
  };
