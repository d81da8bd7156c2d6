/**
 * What the preload script sends over the command channel; the page chooses only the content of `request`, so
 * it cannot pose as a drop.
 */
import { z } from 'zod';
import { requestSchema } from '#main/contract/index.ts';

export const pageMessageSchema = z.discriminatedUnion('from', [
  z.object({ from: z.literal('page'), request: requestSchema }),
  /**
   * Paths of what a person dropped on the window; what does not lie on a disk has no path. `wanted`: what the
   * element takes on which it was dropped.
   */
  z.object({
    from: z.literal('drop'),
    wanted: z.enum(['dataset', 'pictures']),
    paths: z.array(z.string().min(1)),
  }),
]);
export type PageMessage = z.infer<typeof pageMessageSchema>;
