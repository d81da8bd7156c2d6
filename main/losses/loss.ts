/** What every loss is: what D and what G minimise, given D's logits. */
import type { Meaning } from '../contract/index.ts';
import type { ExplainedKind, Labels, Logits, Reading } from '../game/index.ts';
import type { Scalar, Tensor } from '../tensor.ts';

/**
 * The derivative of a loss by one logit v of n, for a page that shows it; of two nodes v is real less fake.
 */
export type LogitGradient<Options extends Record<string, unknown> = Record<string, unknown>> = {
  formula: string;
  /** What the formula's other letters stand for. */
  letters?(options: Options): Record<string, number>;
  at(v: number, n: number, options: Options): number;
};
/** As a method, so that losses of all options fit one list. */
type Exchange<Options> = { exchange(logit: Tensor, options: Options): Tensor };

export type Loss<Options extends Record<string, unknown> = Record<string, unknown>> =
  ExplainedKind<Options> & {
    /** Nodes that D answers with. */
    nodes: 1 | 2;
    /** Left out where a logit’s gradient depends on the others. */
    gradients?: {
      discriminator: { real: LogitGradient<Options>; fake: LogitGradient<Options> };
      generator: LogitGradient<Options>;
    };
    /** What D's number means where this loss teaches it; a GAN says which meanings its D can have. */
    answer: Meaning;
    /** How a logit that D was taught by this loss is to be read. */
    reading(options: Options): Reading;
    /** Whether D's part can be told other labels than 1 and 0. */
    takesLabels?: boolean;
    discriminator(logits: Logits, options: Options, labels: Labels): Scalar;
    /**
     * The logits on real images are there for losses that compare the two; where they are not used, a
     * compiled step leaves them out.
     */
    generator(logits: Logits, options: Options): Scalar;
    /**
     * A logit as it would be with real and fake exchanged; its negative unless said. With it an encoder, whose
     * real pairs D is to take for fakes, minimises what G does. comparison: G's part weighs real logits
     * already, and an encoder adds nothing of its own.
     */
    exchanged?: 'comparison' | Exchange<Options>['exchange'];
  };
