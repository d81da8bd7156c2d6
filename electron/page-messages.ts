/** What the preload script sends over the command channel; the page chooses only the content of `request`, so it cannot pose as a drop. */
import { z } from 'zod';

/** More files than a person drops in one go. */
const MOST_DROPPED = 100_000;

export const pageMessageSchema = z.discriminatedUnion('from', [
  /** A command of the page, parsed by its own schema later. */
  z.object({ from: z.literal('page'), request: z.unknown() }),
  /** Paths that a person dropped on the window. */
  z.object({ from: z.literal('drop'), paths: z.array(z.string().min(1)).min(1).max(MOST_DROPPED) }),
]);
export type PageMessage = z.infer<typeof pageMessageSchema>;
