/** `sample`: new images from a checkpoint of a run, as a sheet or as a folder of pictures. */
import path from 'node:path';
import { StudioError, type Enlargement, type RunConfig, type WhichCheckpoint } from '../contract/index.ts';
import { requirePictureFile, writePictures, writeSheet } from '../export/index.ts';
import { withModel } from '../training/index.ts';

type Asked = Enlargement & {
  run: string;
  /** The newest by default. */
  checkpoint?: WhichCheckpoint | undefined;
  count: number;
  seed: number;
  /** The sheet's file, or the folder in which the new folder of pictures is made. */
  out: string;
  /** Each picture in a file of its own, named by its seed. */
  separate?: boolean;
  /** Name of the only class; a row of each, or each in turn by default. */
  class?: string;
};

/** Writes the sheet as the ending of `out` says, or a new folder of PNGs below `out`, and answers where. */
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
    const pictures = { ...asked, model, config, class: placeOf(chosen, config) };
    if (separate) return (await writePictures({ ...pictures, folder: place })).folder;
    writeSheet({ ...pictures, file: place });
    return place;
  });
}

function placeOf(chosen: string | undefined, { name, classes }: RunConfig): number | undefined {
  if (chosen === undefined) return undefined;
  const place = classes.indexOf(chosen);
  if (place >= 0) return place;
  throw new StudioError({
    code: 'invalid-input',
    message: `The run "${name}" has no class "${chosen}".`,
    remedy: classes.length > 0 ? `Choose among: ${classes.join(', ')}.` : 'Leave the class out.',
  });
}
