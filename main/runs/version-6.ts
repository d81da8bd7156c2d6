/** What version 7 of the settings changed: a run says what it holds out and how it measures; older ones hold nothing out. */
import { DEFAULT_MEASURING, runConfigSchema, type RunConfig } from '../contract/index.ts';

/** What version 7 adds to a config of version 6. */
export const FROM_VERSION_6: Pick<RunConfig, 'heldOut' | 'measuring'> = {
  heldOut: 0,
  measuring: DEFAULT_MEASURING,
};

const version6 = runConfigSchema.omit({ heldOut: true, measuring: true });

/** The config as version 6 wrote it, its number aside; undefined where it says what that version could not. */
export function asVersion6(config: RunConfig): Omit<RunConfig, keyof typeof FROM_VERSION_6> | undefined {
  return config.heldOut > 0 ? undefined : version6.parse(config);
}
