/**
 * Settings of version 4, read and written. Version 5 added options that correct a formula; an older run keeps
 * the formula that it began with.
 */
import { z } from 'zod';
import { choiceSchema, type Choice, type RunConfig } from '../contract/index.ts';
import { withOld, withoutOld, type OldOptions } from './old-options.ts';

type Options = Record<string, unknown>;

/** The options that version 5 added, by kind, with the value that does what version 4 did. */
const OLD_VALUES: {
  gan: OldOptions;
  stabiliser: OldOptions;
  optimizer: OldOptions;
} = {
  gan: {
    'dcgan': { icnr: false },
    'lsgan': { icnr: false },
    'wgan': { icnr: false },
    'wgan-gp': { icnr: false },
    'sngan': { icnr: false },
    'dragan': { icnr: false },
    'conditional': { icnr: false },
    'small-data': { patches: false },
  },
  stabiliser: { 'dragan-penalty': { interpolated: false } },
  optimizer: { rmsprop: { epsilon: 'inside' } },
};

/** Options that version 4 already had, with its defaults where these have changed since. */
const OLD_DEFAULTS: OldOptions = { 'small-data': { normalisation: 'none' } };

const chosenSchema = z.looseObject({
  gan: choiceSchema,
  stabilisers: z.array(choiceSchema),
  optimizer: z.looseObject(choiceSchema.shape),
});

/** The choices of a config of version 4, with every new option at its old value. Throws ZodError. */
export function fromVersion4(
  config: Options,
): Pick<RunConfig, 'gan' | 'stabilisers'> & { optimizer: Choice } {
  const { gan, stabilisers, optimizer } = chosenSchema.parse(config);
  return {
    gan: withOld(withOld(gan, OLD_DEFAULTS), OLD_VALUES.gan),
    stabilisers: stabilisers.map((choice) => withOld(choice, OLD_VALUES.stabiliser)),
    optimizer: withOld(optimizer, OLD_VALUES.optimizer),
  };
}

/**
 * The config as version 4 wrote it, apart from the version number; undefined if a new option differs from its
 * old value.
 */
export function asVersion4<Config extends Pick<RunConfig, 'gan' | 'optimizer' | 'stabilisers'>>(
  config: Config,
): Config | undefined {
  const gan = withoutOld(config.gan, OLD_VALUES.gan);
  const optimizer = withoutOld(config.optimizer, OLD_VALUES.optimizer);
  const stabilisers = config.stabilisers.flatMap((choice) => withoutOld(choice, OLD_VALUES.stabiliser) ?? []);
  if (!gan || !optimizer || stabilisers.length < config.stabilisers.length) return undefined;
  return { ...config, gan, stabilisers, optimizer };
}
