/**
 * The format of check.json: inputs, and the outputs that the app computed, to compare another program's with.
 */
import { z } from 'zod';

/** The largest absolute difference that an export may have from the app's own numbers. */
export const TOLERANCE = 1e-4;

const numbersSchema = z.object({ shape: z.array(z.number().int()), values: z.array(z.number()) });
const checkFileSchema = z.object({
  /** NHWC: pictures are [rows, height, width, channels]; NCHW: [rows, channels, height, width]. */
  layout: z.enum(['NHWC', 'NCHW']),
  tolerance: z.number(),
  networks: z.array(
    z.object({
      name: z.string(),
      /** The network's file within the folder, or its folder for formats that write one. */
      file: z.string(),
      inputs: z.record(z.string(), numbersSchema),
      outputs: z.record(z.string(), numbersSchema),
    }),
  ),
});
export type CheckFile = z.infer<typeof checkFileSchema>;

/** Throws ZodError or SyntaxError if the text is not of this format. */
export const parseCheckFile = (text: string): CheckFile => checkFileSchema.parse(JSON.parse(text));
