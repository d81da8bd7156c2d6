/** The flags that say where a run's pictures are now, and what to do if they have changed. */
import { Option, type Command } from 'commander';
import { changedDataSchema, StudioError, type ChangedData, type DatasetSource } from '../contract/index.ts';
import { places } from './flags.ts';
import { sourceOf } from './train-config.ts';

export type PicturesFlags = { data?: string[]; changedData?: ChangedData };

/** Remedies for the command line when a run cannot simply go on, by the code of the failure. */
const REMEDIES: Readonly<Record<string, string>> = {
  'data-changed':
    'Bring the pictures back, name the folder that holds them with --data, or add --changed-data go-on.',
  'precision-slow':
    'Add --precision float32 to go on in float32, which is noted in the run, or --precision bfloat16 to repeat its steps bit for bit.',
  'precision-unsupported': 'Add --precision float32 to go on in float32, which is noted in the run.',
  ...Object.fromEntries(
    [
      'folder-missing',
      'folder-unreadable',
      'folder-empty',
      'no-images',
      'too-few-images',
      'archive-unusable',
    ].map((code) => [code, 'Name the folder that holds the pictures now with --data.']),
  ),
};

export function addPicturesFlags(command: Command): Command {
  return command
    .option('--data <place>', 'where the pictures of the run are now; may be repeated', places)
    .addOption(
      new Option('--changed-data <what>', 'what to do if they differ from those that the run was trained on')
        .choices(changedDataSchema.options)
        .default('refuse'),
    );
}

/** The source that the flags name; undefined if they name none. */
export function sourceFrom({ data }: PicturesFlags): DatasetSource | undefined {
  return data && sourceOf(data);
}

/** Gives the StudioErrors of `work` the remedies for the command line. */
export async function withRemedies<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    const { code, message, remedy } = error;
    throw new StudioError({ code, message, remedy: REMEDIES[code] ?? remedy });
  }
}
