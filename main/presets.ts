/** Presets: settings for a purpose, each with a sentence on when to use it. */
import type { Preset } from './contract/index.ts';

export const PRESETS: readonly Preset[] = [];
