/**
 * Where the core keeps things. The app and the command line fill this in; nobody else asks the environment. The app
 * may change the object later, so read a folder from it when it is needed.
 */
import { z } from 'zod';

export const foldersSchema = z.object({
  /** Prepared pixels; may be deleted at any time. */
  cache: z.string().min(1),
  /** The data sets that come with the app, one folder each. */
  builtIn: z.string().min(1),
  /** Weights of the trained network that metrics see with; nothing may be there. */
  features: z.string().min(1).optional(),
  /** Where new runs go. */
  runs: z.string().min(1),
});
export type Folders = z.infer<typeof foldersSchema>;
