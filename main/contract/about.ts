/**
 * What the app is made of: its version, the versions of what it runs on, and the licences of all that comes
 * with it.
 */
import { z } from 'zod';

/** A work that comes with the app, and its licence. */
export const workSchema = z.object({
  name: z.string().min(1),
  version: z.string().optional(),
  /** Its licence's short name, such as MIT. */
  licence: z.string().min(1),
  /** The whole licence, with its copyright notice. */
  text: z.string().min(1),
});
export type Work = z.infer<typeof workSchema>;

const nothing = z.object({});

/** `host` names the process that answers; `studio` is the main process. */
export const ABOUT_COMMANDS = {
  'studio.about': {
    host: 'studio',
    input: nothing,
    output: z.object({
      /** By name, in the order in which they are shown; GAN Studio's own comes first. */
      versions: z.array(z.object({ name: z.string(), version: z.string() })),
      works: z.array(workSchema),
    }),
  },
  /** Opens Chromium's own list of licences, which includes Node's, in the browser. */
  'studio.showChromiumLicences': { host: 'studio', input: nothing, output: nothing },
} as const;
