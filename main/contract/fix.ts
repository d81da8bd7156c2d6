/** A fix: a change of settings that resolves a refusal, offered as a button. */
import { z } from 'zod';

export const settingsChangeSchema = z.discriminatedUnion('kind', [
  /** A setting by its path, such as `batch` or `turns.kind`. */
  z.object({
    kind: z.literal('set'),
    path: z.string(),
    value: z.union([z.string(), z.number(), z.boolean()]),
  }),
  /** An option of the GAN. */
  z.object({
    kind: z.literal('option'),
    name: z.string(),
    value: z.union([z.string(), z.number(), z.boolean()]),
  }),
  /** An entry of the catalogue, with what it recommends. */
  z.object({ kind: z.literal('choose'), part: z.enum(['gans', 'losses']), entry: z.string() }),
  z.object({ kind: z.literal('remove'), stabiliser: z.string() }),
]);
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const fixSchema = z.object({
  /** What its button says: "Use a batch of 54". */
  label: z.string(),
  change: settingsChangeSchema,
});
export type Fix = z.infer<typeof fixSchema>;
