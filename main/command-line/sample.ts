/** `sample`: writes new pictures from a checkpoint of a run, as a sheet or as a folder of files. */
import path from 'node:path';
import { StudioError, type Enlargement, type RunConfig, type WhichCheckpoint } from '../contract/index.ts';
import { requirePictureFile, writePictures, writeSheet } from '../export/index.ts';
import { withModel } from '../training/index.ts';

type Asked = Enlargement & {
  run: string;
  /** Default: the newest. */
  checkpoint?: WhichCheckpoint | undefined;
  count: number;
  seed: number;
  /** The sheet's file, or the folder in which to make a new folder of pictures. */
  out: string;
  /** Each picture in a file of its own, named by its seed. */
  separate?: boolean;
  /** Name of the only class. Default: a row of each, or each in turn if `separate`. */
  class?: string;
};

/**
 * Writes a sheet in the format of `out`'s extension, or a new folder of PNGs in `out`, and returns its path.
 */
export async function sampleCommand({
  run: folder,
  checkpoint,
  out,
  separate = false,
  class: chosen,
  ...asked
}: Asked): Promise<string> {
  const place = path.resolve(out);
  if (!separate) requirePictureFile(place);
  return withModel({ folder: path.resolve(folder), checkpoint }, async ({ run: { config }, model }) => {
    const pictures = { ...asked, model, config, class: classIndex(chosen, config) };
    if (separate) return (await writePictures({ ...pictures, folder: place })).folder;
    writeSheet({ ...pictures, file: place });
    return place;
  });
}

function classIndex(chosen: string | undefined, { name, classes }: RunConfig): number | undefined {
  if (chosen === undefined) return undefined;
  const index = classes.indexOf(chosen);
  if (index >= 0) return index;
  throw new StudioError({
    code: 'invalid-input',
    message: `The run "${name}" has no class "${chosen}".`,
    remedy: classes.length > 0 ? `Choose among: ${classes.join(', ')}.` : 'Leave the class out.',
  });
}
