/** What every loss is: what D and what G minimise, given D's verdicts. */
import type { z } from 'zod';
import type { Explanation } from '../contract/index.ts';
import type { Scalar } from '../tensor.ts';
import type { Labels, Verdicts } from '../turn.ts';

export type Paper = { title: string; url: string };

/**
 * What one verdict says. probability: its sigmoid, or its nodes' softmax, is D's probability that an image is real. number: it is near `real`
 * for real images and near `fake` for fakes. comparison: nothing by itself, for only differences of verdicts count.
 */
export type Reading = { of: 'probability' } | { of: 'number'; real: number; fake: number } | { of: 'comparison' };

export type Loss<Options extends Record<string, unknown> = Record<string, unknown>> = {
  kind: string;
  label: string;
  summary: string;
  paper: Paper;
  explanation: Explanation;
  options: z.ZodType<Options> & z.ZodObject;
  /** Nodes that D answers with. */
  verdicts: 1 | 2;
  /** How a verdict that D was taught by this loss is to be read. */
  reading(options: Options): Reading;
  /** Whether D's part can be told other labels than 1 and 0. */
  takesLabels?: boolean;
  discriminator(verdicts: Verdicts, options: Options, labels: Labels): Scalar;
  /** The verdicts on real images are there for losses that compare the two; where they are not used, a compiled step leaves them out. */
  generator(verdicts: Verdicts, options: Options): Scalar;
};
