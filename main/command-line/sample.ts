/** `sample`: a sheet of new images from a checkpoint of a run. */
import path from 'node:path';
import { StudioError, type RunConfig } from '../contract/index.ts';
import { requirePictureFile, writeSheet } from '../export/index.ts';
import type { WhichCheckpoint } from '../contract/index.ts';
import { withModel } from '../training/index.ts';

/** Writes the sheet as the ending of `out` says, and answers where. */
export async function sampleCommand({
  run: folder,
  checkpoint,
  count,
  seed,
  out,
  scale,
  class: chosen,
}: {
  run: string;
  /** The newest unless told. */
  checkpoint?: WhichCheckpoint | undefined;
  count: number;
  seed: number;
  out: string;
  /** How many times each pixel is enlarged; once unless told. */
  scale?: number;
  /** Name of the only class; a row of each unless told. */
  class?: string;
}): Promise<string> {
  const file = path.resolve(out);
  requirePictureFile(file);
  return withModel({ folder: path.resolve(folder), checkpoint }, ({ run, model }) => {
    const place = chosen === undefined ? undefined : placeOf(chosen, run.config);
    writeSheet({ model, config: run.config, seed, count, class: place, scale, file });
    return file;
  });
}

function placeOf(chosen: string, { name, classes }: RunConfig): number {
  const place = classes.indexOf(chosen);
  if (place >= 0) return place;
  throw new StudioError({
    code: 'invalid-input',
    message: `The run "${name}" has no class "${chosen}".`,
    remedy: classes.length > 0 ? `Choose among: ${classes.join(', ')}.` : 'Leave the class out.',
  });
}
