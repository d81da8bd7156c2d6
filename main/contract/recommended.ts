/** What a GAN or a preset asks for: settings to be laid over those of a run. */
import type { z } from 'zod';
import type { Preset, Suits } from './commands.ts';
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

/** What a preset is recommended for: points, or so many pictures in so many classes, 0 without any. */
export type DataToTrainOn = { kind: 'pictures' | 'points'; count: number; classes: number };

/** The first preset that suits the data; undefined where none does. */
export function recommendedPreset(presets: readonly Preset[], data: DataToTrainOn): Preset | undefined {
  return presets.find(({ suits }) => suits !== undefined && isSuited(suits, data));
}

function isSuited(
  { data, classes, atMost = Infinity }: Suits,
  { kind, count, classes: number }: DataToTrainOn,
) {
  return data === kind && (classes !== true || number > 1) && count <= atMost;
}
