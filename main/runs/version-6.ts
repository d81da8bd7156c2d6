/**
 * Settings of version 6, read and written. Version 7 added what a run holds out, how it measures, and how the
 * small-data GAN doubles its pictures; an older run holds nothing out, and repeats pixels before it convolves
 * them.
 */
import { z } from 'zod';
import { choiceSchema, DEFAULT_MEASURING, runConfigSchema, type RunConfig } from '../contract/index.ts';
import { withOld, withoutOld, type OldOptions } from './old-options.ts';

const OLD_VALUES: OldOptions = { 'small-data': { upsampling: 'repeat' } };
/** Options that version 6 already had, with its defaults where these have changed since. */
const OLD_DEFAULTS: OldOptions = Object.fromEntries(
  ['dcgan', 'lsgan', 'wgan', 'wgan-gp', 'sngan', 'dragan', 'ebgan', 'bigan', 'conditional'].map((kind) => [
    kind,
    { upsampling: 'transposed-conv' },
  ]),
);

type Changed = Pick<RunConfig, 'heldOut' | 'measuring' | 'gan'>;

/** The settings that differ when a config of version 6 is read as version 7. Throws ZodError. */
export function fromVersion6(config: Record<string, unknown>): Changed {
  const { gan } = z.looseObject({ gan: choiceSchema }).parse(config);
  return {
    heldOut: 0,
    measuring: DEFAULT_MEASURING,
    gan: withOld(withOld(gan, OLD_DEFAULTS), OLD_VALUES),
  };
}

const version6 = runConfigSchema.omit({ heldOut: true, measuring: true, precision: true });

type Version6 = Omit<RunConfig, 'heldOut' | 'measuring' | 'precision'>;

/**
 * The config as version 6 wrote it, apart from the version number: once with every option, and once without
 * those that were at the old default, which earlier versions did not write. Empty if version 6 could not say
 * it.
 */
export function asVersion6(config: RunConfig): Version6[] {
  const gan = withoutOld(config.gan, OLD_VALUES);
  if (config.heldOut > 0 || !gan) return [];
  const brief = withoutOld(gan, OLD_DEFAULTS);
  return [gan, ...(brief ? [brief] : [])].map((each) => version6.parse({ ...config, gan: each }));
}
