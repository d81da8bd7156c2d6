/** What every loss is: what D and what G minimise, given D's verdicts. */
import type { ExplainedKind } from '../entry.ts';
import type { Scalar } from '../tensor.ts';
import type { Labels, Verdicts } from '../turn.ts';

/**
 * The derivative of a loss by one verdict v of n, for a page that shows it; of two nodes v is real less fake.
 */
export type Slope<Options extends Record<string, unknown> = Record<string, unknown>> = {
  formula: string;
  /** What the formula's other letters stand for. */
  letters?(options: Options): Record<string, number>;
  at(v: number, n: number, options: Options): number;
};
/**
 * What one verdict says. probability: its sigmoid, or its nodes' softmax, is D's probability that an image is
 * real. number: it is near `real` for real images and near `fake` for fakes. comparison: nothing by itself,
 * for only differences of verdicts count.
 */
export type Reading =
  { of: 'probability' } | { of: 'number'; real: number; fake: number } | { of: 'comparison' };

export type Loss<Options extends Record<string, unknown> = Record<string, unknown>> =
  ExplainedKind<Options> & {
    /** Nodes that D answers with. */
    verdicts: 1 | 2;
    /** Left out where a verdict's slope depends on the others. */
    slopes?: { discriminator: { real: Slope<Options>; fake: Slope<Options> }; generator: Slope<Options> };
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
  };
