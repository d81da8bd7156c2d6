/** What a GAN or a preset asks for: settings to be laid over those of a run. */
import { z } from 'zod';
import { runConfigSchema, type RunConfig } from './run-config.ts';

/** What is left out stays as the run has it. */
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
 * A new config with these settings in it, whole ones: a recommended optimiser replaces all of the optimiser.
 */
export function withRecommended(config: RunConfig, recommended: Recommended): RunConfig {
  return Object.assign(structuredClone(config), structuredClone(recommended));
}

/** What a preset is made for: it is recommended for the first data that fits. */
export const suitsSchema = z.object({
  data: z.enum(['pictures', 'points']),
  /** Only where the pictures have two classes or more. */
  classes: z.boolean().optional(),
  /** The smallest number of pictures in a class, on average. */
  perClass: z.number().int().optional(),
  /** The largest number of pictures. */
  atMost: z.number().int().optional(),
});
export type Suits = z.infer<typeof suitsSchema>;

/** What a person wants to train on; `classes` is the number of classes, 0 without any. */
export type DataToTrainOn = { data: Suits['data']; count: number; classes: number };

/** The first preset that suits the data; undefined where none does. */
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
