/** What a checking process and whoever started it say to each other; both sides parse what they receive. */
import { z } from 'zod';
import { exportFormatSchema, failureSchema } from '../contract/index.ts';

export const toCheckSchema = z.object({ format: exportFormatSchema, folder: z.string().min(1) });
export type ToCheck = z.infer<typeof toCheckSchema>;

export const fromCheckSchema = z.discriminatedUnion('type', [
  /** The largest difference from the known numbers. */
  z.object({ type: z.literal('checked'), difference: z.number() }),
  /** It could not be run. */
  z.object({ type: z.literal('failed'), failure: failureSchema }),
  /** This machine does not have what runs it. */
  z.object({ type: z.literal('no-runtime') }),
]);
export type FromCheck = z.infer<typeof fromCheckSchema>;
