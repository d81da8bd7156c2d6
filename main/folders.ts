/**
 * The folders that the core uses. The app and the command line determine them; nothing else asks the
 * environment. The app may change the object later, so read a folder from it when it is needed.
 */
import { z } from 'zod';

export const foldersSchema = z.object({
  /** Prepared pixels; may be deleted at any time. */
  cache: z.string().min(1),
  /** The data sets that come with the app, one folder each. */
  builtIn: z.string().min(1),
  /** Weights of the trained network from which metrics take features; it may be empty or missing. */
  features: z.string().min(1).optional(),
  /** Where new runs go. */
  runs: z.string().min(1),
});
export type Folders = z.infer<typeof foldersSchema>;
