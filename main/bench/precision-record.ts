/** Reads the results of the precision bench from their file: each finished run is in it once. */
import fs from 'node:fs';
import { z } from 'zod';
import { precisionSchema } from '../contract/index.ts';

const resultSchema = z.strictObject({
  row: z.string(),
  seed: z.number().int(),
  precision: precisionSchema,
  steps: z.number().int(),
  /** As `commit` returns it. */
  commit: z.string(),
  processor: z.string(),
  /** KID × 1000 at the last step. */
  kid: z.number(),
  kidError: z.number(),
  /** Steps with losses or gradients that were NaN or infinite. */
  refused: z.number().int(),
  milliseconds: z.number(),
});
export type PrecisionResult = z.infer<typeof resultSchema>;

/**
 * All results so far; none if there is no file. Throws ZodError or SyntaxError for a file of another format.
 */
export function readResults(file: string): PrecisionResult[] {
  return fs.existsSync(file) ? z.array(resultSchema).parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : [];
}
