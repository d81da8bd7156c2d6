/** `export`: a run's generator in another program's format. */
import path from 'node:path';
import type { ExportFormat } from '../contract/index.ts';
import { EXPORTERS } from '../export/index.ts';
import { withGenerator } from '../training/index.ts';

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
  return withGenerator(path.resolve(folder), async ({ run, step, generator }) => {
    const written = await EXPORTERS[format].write({
      generator,
      config: run.config,
      step,
      folder: path.resolve(out),
    });
    return written.folder;
  });
}
