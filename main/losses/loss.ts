/** What every loss is: what D and what G minimise, given D's verdicts. */
import type { Meaning } from '../contract/index.ts';
import type { ExplainedKind, Reading } from '../game/entry.ts';
import type { Scalar, Tensor } from '../tensor.ts';
import type { Labels, Verdicts } from '../game/turn.ts';

/**
 * The derivative of a loss by one verdict v of n, for a page that shows it; of two nodes v is real less fake.
 */
export type Slope<Options extends Record<string, unknown> = Record<string, unknown>> = {
  formula: string;
  /** What the formula's other letters stand for. */
  letters?(options: Options): Record<string, number>;
  at(v: number, n: number, options: Options): number;
};
/** As a method, so that losses of all options fit one list. */
type Exchange<Options> = { exchange(verdict: Tensor, options: Options): Tensor };

export type Loss<Options extends Record<string, unknown> = Record<string, unknown>> =
  ExplainedKind<Options> & {
    /** Nodes that D answers with. */
    verdicts: 1 | 2;
    /** Left out where a verdict's slope depends on the others. */
    slopes?: { discriminator: { real: Slope<Options>; fake: Slope<Options> }; generator: Slope<Options> };
    /** What D's number means where this loss teaches it; a GAN says which meanings its D can have. */
    answer: Meaning;
    /** How a verdict that D was taught by this loss is to be read. */
    reading(options: Options): Reading;
    /** Whether D's part can be told other labels than 1 and 0. */
    takesLabels?: boolean;
    discriminator(verdicts: Verdicts, options: Options, labels: Labels): Scalar;
    /**
     * The verdicts on real images are there for losses that compare the two; where they are not used, a
     * compiled step leaves them out.
     */
    generator(verdicts: Verdicts, options: Options): Scalar;
    /**
     * A verdict as it would be with real and fake exchanged; its negative unless said. With it an encoder, whose
     * real pairs D is to take for fakes, minimises what G does. comparison: G's part weighs real verdicts
     * already, and an encoder adds nothing of its own.
     */
    exchanged?: 'comparison' | Exchange<Options>['exchange'];
  };
