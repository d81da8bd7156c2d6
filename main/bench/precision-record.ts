/** The results of the precision bench, kept in a file: each finished run once. */
import fs from 'node:fs';
import { z } from 'zod';
import { precisionSchema } from '../contract/index.ts';

const resultSchema = z.strictObject({
  row: z.string(),
  seed: z.number().int(),
  precision: precisionSchema,
  steps: z.number().int(),
  /** With "+" where the sources differed from it. */
  commit: z.string(),
  processor: z.string(),
  /** Times 1000, of the data at the last step. */
  kid: z.number(),
  kidError: z.number(),
  /** Steps with losses or gradients that were NaN or infinite. */
  refused: z.number().int(),
  milliseconds: z.number(),
});
export type PrecisionResult = z.infer<typeof resultSchema>;

/** All results so far. Throws ZodError for a file of another kind. */
export function readResults(file: string): PrecisionResult[] {
  return fs.existsSync(file) ? z.array(resultSchema).parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : [];
}
