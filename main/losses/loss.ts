/** What every loss is: what D and what G minimise, given D's verdicts. */
import type { z } from 'zod';
import type { Scalar, Tensor } from '../tensor.ts';

export type Paper = { title: string; url: string };

/** D's answers to the real batch and to the fakes, without an activation: [batch, nodes] each. */
export type Verdicts = { real: Tensor; fake: Tensor };

/** A loss with its options filled in. */
export type Objective = {
  discriminator(verdicts: Verdicts): Scalar;
  generator(verdicts: Verdicts): Scalar;
};

export type Loss<Options extends Record<string, unknown> = Record<string, unknown>> = {
  kind: string;
  label: string;
  summary: string;
  paper: Paper;
  options: z.ZodType<Options> & z.ZodObject;
  /** Nodes that D answers with. */
  verdicts: 1 | 2;
  discriminator(verdicts: Verdicts, options: Options): Scalar;
  /** The verdicts on real images are there for losses that compare the two; where they are not used, a compiled step leaves them out. */
  generator(verdicts: Verdicts, options: Options): Scalar;
};
