/** What a GAN or a preset asks for, laid over the settings of a run. */
import type { Recommended, RunConfig } from './contract/index.ts';

/** A new config with these settings in it, whole ones: a recommended optimiser replaces all of the optimiser. */
export function withRecommended(config: RunConfig, recommended: Recommended): RunConfig {
  return Object.assign(structuredClone(config), structuredClone(recommended));
}
