/** `sample`: a sheet of new images from a run's newest checkpoint. */
import path from 'node:path';
import { writeSheet } from '../export/index.ts';
import { withModel } from '../training/index.ts';

/** Writes the sheet as PNG and answers where. */
export function sampleCommand({
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
  return withModel(path.resolve(folder), ({ run, model }) => {
    writeSheet({ model, config: run.config, seed, count, file });
    return file;
  });
}
