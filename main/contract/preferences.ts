/** Preferences: what a person sets once for the whole app, whichever run it trains. */
import { z } from 'zod';
import { failureSchema } from './failure.ts';

export const preferencesSchema = z.object({
  /** Where new runs go; the runs there are listed. */
  runsFolder: z.string().min(1),
  /** Processor threads for training; 0 is as many as the machine has cores. */
  threads: z.number().int().min(0).max(1024),
  /** The computer does not go to sleep while a run trains. */
  keepAwake: z.boolean(),
  /** A notification when a run ends or meets trouble while the window is not in front. */
  notify: z.boolean(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

const nothing = z.object({});
const known = z.object({
  preferences: preferencesSchema,
  /** What they are on a new machine. */
  defaults: preferencesSchema,
  /** Processor cores of this machine. */
  cores: z.number().int(),
  /** Why no run can go to the folder now, such as one on a disk that is not there; absent when one can. */
  folderTrouble: failureSchema.optional(),
});

/** Changing the folder or the threads restarts the processes; code `run-under-way` while a run is active. */
export const PREFERENCE_COMMANDS = {
  'preferences.get': { host: 'studio', input: nothing, output: known },
  'preferences.set': {
    host: 'studio',
    input: preferencesSchema.omit({ runsFolder: true }).partial(),
    output: known,
  },
  /** Asks for a folder in a dialog, or takes the default one; nothing changes when the person cancels. */
  'preferences.chooseRunsFolder': {
    host: 'studio',
    input: z.object({ to: z.enum(['ask', 'default']) }),
    output: known,
  },
} as const;
