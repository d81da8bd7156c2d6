/** What every loss is: what D and what G minimise, given D's verdicts. */
import type { z } from 'zod';
import type { Scalar, Tensor } from '../tensor.ts';

export type Paper = { title: string; url: string };

export type Loss = {
  kind: string;
  label: string;
  summary: string;
  paper: Paper;
  options: z.ZodObject;
  /** Verdicts are logits, [batch, 1]. */
  discriminator(verdicts: { real: Tensor; fake: Tensor }): Scalar;
  generator(verdicts: { fake: Tensor }): Scalar;
};
