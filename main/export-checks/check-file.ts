/** What check.json holds: inputs, and the outputs that the app computed, to compare another program's with. */
import { z } from 'zod';

/** The largest difference that an export may have from the app's own numbers. */
export const TOLERANCE = 1e-4;

const numbersSchema = z.object({ shape: z.array(z.number().int()), values: z.array(z.number()) });
const checkFileSchema = z.object({
  /** NHWC: pictures are [rows, height, width, channels]; NCHW: [rows, channels, height, width]. */
  layout: z.enum(['NHWC', 'NCHW']),
  tolerance: z.number(),
  networks: z.array(
    z.object({
      name: z.string(),
      /** Within the folder; a folder for formats that write one. */
      file: z.string(),
      inputs: z.record(z.string(), numbersSchema),
      outputs: z.record(z.string(), numbersSchema),
    }),
  ),
});
export type CheckFile = z.infer<typeof checkFileSchema>;

/** Throws ZodError or SyntaxError for text that is no such file. */
export const parseCheckFile = (text: string): CheckFile => checkFileSchema.parse(JSON.parse(text));
