/**
 * What version 7 of the settings changed: a run says what it holds out and how it measures, and the small-data GAN how its
 * pictures double; an older run holds nothing out, and repeats pixels before it convolves them.
 */
import { z } from 'zod';
import { choiceSchema, DEFAULT_MEASURING, runConfigSchema, type RunConfig } from '../contract/index.ts';
import { withOld, withoutOld, type OldOptions } from './old-options.ts';

const OLD_VALUES: OldOptions = { 'small-data': { upsampling: 'repeat' } };
/** Options that version 6 had already, with its defaults where those are others now. */
const OLD_DEFAULTS: OldOptions = Object.fromEntries(
  ['dcgan', 'lsgan', 'wgan', 'wgan-gp', 'sngan', 'dragan', 'ebgan', 'bigan', 'conditional'].map((kind) => [
    kind,
    { upsampling: 'transposed-conv' },
  ]),
);

type Changed = Pick<RunConfig, 'heldOut' | 'measuring' | 'gan'>;

/** What a config of version 6 is in version 7. Throws ZodError. */
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
 * The config as version 6 wrote it, its number aside, and as versions before it did where they left a default out; none
 * where it says what they could not.
 */
export function asVersion6(config: RunConfig): Version6[] {
  const gan = withoutOld(config.gan, OLD_VALUES);
  if (config.heldOut > 0 || !gan) return [];
  const brief = withoutOld(gan, OLD_DEFAULTS);
  return [gan, ...(brief ? [brief] : [])].map((each) => version6.parse({ ...config, gan: each }));
}
