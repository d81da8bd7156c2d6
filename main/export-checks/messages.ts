/** The messages between a checking process and the process that started it; both parse what they receive. */
import { z } from 'zod';
import { exportFormatSchema, failureSchema } from '../contract/index.ts';

export const toCheckSchema = z.object({ format: exportFormatSchema, folder: z.string().min(1) });
export type ToCheck = z.infer<typeof toCheckSchema>;

export const fromCheckSchema = z.discriminatedUnion('type', [
  /** The largest difference from the outputs in check.json. */
  z.object({ type: z.literal('checked'), difference: z.number() }),
  /** The export could not be run. */
  z.object({ type: z.literal('failed'), failure: failureSchema }),
  /** This machine does not have the runtime. */
  z.object({ type: z.literal('no-runtime') }),
]);
export type FromCheck = z.infer<typeof fromCheckSchema>;
