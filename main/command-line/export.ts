/** `export`: a run's generator in another program's format. */
import path from 'node:path';
import type { ExportFormat } from '../contract/index.ts';
import { EXPORTERS } from '../export/index.ts';
import { withModel } from '../training/index.ts';

/** Writes a new folder below `out` and answers its path. */
export function exportCommand({
  run: folder,
  format,
  out,
}: {
  run: string;
  format: ExportFormat;
  out: string;
}): Promise<string> {
  return withModel(path.resolve(folder), async ({ run, step, model }) => {
    const written = await EXPORTERS[format].write({
      model,
      config: run.config,
      step,
      folder: path.resolve(out),
    });
    return written.folder;
  });
}
