/**
 * Recommended settings: what a GAN or a preset lays over the settings of a run, and which preset suits which
 * data.
 */
import { z } from 'zod';
import { runConfigSchema, type RunConfig } from './run-config.ts';

/** Settings that are left out stay as the run has them. */
export const recommendedSchema = runConfigSchema
  .pick({
    gan: true,
    loss: true,
    stabilisers: true,
    turns: true,
    z: true,
    optimizer: true,
    batch: true,
    averaging: true,
    steps: true,
  })
  .partial();
export type Recommended = z.infer<typeof recommendedSchema>;

/**
 * A new config with these settings. Each replaces a whole setting: a recommended optimiser, all of the
 * optimiser.
 */
export function withRecommended(config: RunConfig, recommended: Recommended): RunConfig {
  return Object.assign(structuredClone(config), structuredClone(recommended));
}

/** What a preset is made for: it is recommended for the first data that fits. */
export const suitsSchema = z.object({
  data: z.enum(['pictures', 'points']),
  /** Whether the pictures must have two classes or more (true) or fewer (false); absent if both will do. */
  classes: z.boolean().optional(),
  /** The least number of pictures per class, on average. */
  perClass: z.number().int().optional(),
  /** The largest number of pictures. */
  atMost: z.number().int().optional(),
});
export type Suits = z.infer<typeof suitsSchema>;

/** What a person wants to train on; `classes` is the number of classes, 0 without any. */
export type DataToTrainOn = { data: Suits['data']; count: number; classes: number };

/** The first preset that suits the data; undefined if none does. */
export function recommendedPreset<Preset extends { suits?: Suits | undefined }>(
  presets: readonly Preset[],
  data: DataToTrainOn,
): Preset | undefined {
  return presets.find(({ suits }) => suits !== undefined && isSuited(suits, data));
}

function isSuited(suits: Suits, { data, count, classes }: DataToTrainOn): boolean {
  const { atMost = Infinity, perClass = 0 } = suits;
  const hasClasses = classes >= 2;
  return (
    suits.data === data &&
    count <= atMost &&
    (suits.classes === undefined || suits.classes === hasClasses) &&
    (perClass === 0 || (hasClasses && count / classes >= perClass))
  );
}
