/** `sample`: a sheet of new images from a run's newest checkpoint. */
import path from 'node:path';
import { requirePictureFile, writeSheet } from '../export/index.ts';
import { withModel } from '../training/index.ts';

/** Writes the sheet as the ending of `out` says, and answers where. */
export async function sampleCommand({
  run: folder,
  count,
  seed,
  out,
}: {
  run: string;
  count: number;
  seed: number;
  out: string;
}): Promise<string> {
  const file = path.resolve(out);
  requirePictureFile(file);
  return withModel(path.resolve(folder), ({ run, model }) => {
    writeSheet({ model, config: run.config, seed, count, file });
    return file;
  });
}
