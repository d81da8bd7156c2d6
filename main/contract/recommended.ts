/** What a GAN or a preset asks for: settings to be laid over those of a run. */
import type { z } from 'zod';
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
