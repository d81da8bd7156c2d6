/**
 * Settings of version 5, read and written. Since version 6 data sets are known by their content, and the
 * place of the pictures no longer defines a run. An older run goes on with all pictures of its folder, or
 * with those in the folders of its classes.
 */
import { z } from 'zod';
import { datasetOptionsSchema, type RunConfig } from '../contract/index.ts';

const configSchema = z.looseObject({
  classes: z.array(z.string()),
  dataset: z.looseObject({
    source: z.union([
      z.object({ kind: z.literal('folder'), path: z.string() }),
      z.looseObject({ kind: z.enum(['built-in', 'points']) }),
    ]),
    options: z.looseObject({}),
  }),
});

/** The data set of a config of version 5 in the form of version 6. Throws ZodError. */
export function fromVersion5(config: Record<string, unknown>): { dataset: Record<string, unknown> } {
  const { classes, dataset } = configSchema.parse(config);
  const { source } = dataset;
  const options = {
    ...dataset.options,
    classes: classes.length > 0 ? 'found' : 'ignored',
    evenClasses: false,
  };
  if (!('path' in source)) return { dataset: { source, options, leftOut: [] } };
  const { path } = source;
  return { dataset: { source: { kind: 'files', paths: [path] }, options, leftOut: [], hashedPath: path } };
}

/**
 * The config as version 5 wrote it, apart from the version number; undefined if that version could not say
 * it.
 */
export function asVersion5<Config extends Pick<RunConfig, 'dataset' | 'classes'>>(
  config: Config,
): (Omit<Config, 'dataset'> & { dataset: unknown }) | undefined {
  const { source, options, hashedPath } = config.dataset;
  const isOld = options.classes === (config.classes.length > 0 ? 'found' : 'ignored') && !options.evenClasses;
  if (!isOld || (source.kind === 'files' && hashedPath === undefined)) return undefined;
  const before = datasetOptionsSchema.omit({ classes: true, evenClasses: true }).parse(options);
  const place = source.kind === 'files' ? { kind: 'folder', path: hashedPath } : source;
  return { ...config, dataset: { source: place, options: before } };
}
