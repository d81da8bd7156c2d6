/** `export`: a run's generator in another program's format. */
import path from 'node:path';
import type { ExportFormat } from '../contract/index.ts';
import { EXPORTERS } from '../export/index.ts';
import type { WhichCheckpoint } from '../contract/index.ts';
import { withModel } from '../training/index.ts';

/** Writes a new folder below `out` and answers its path. */
export function exportCommand({
  run: folder,
  checkpoint,
  format,
  out,
}: {
  run: string;
  /** The newest unless told. */
  checkpoint?: WhichCheckpoint | undefined;
  format: ExportFormat;
  out: string;
}): Promise<string> {
  return withModel({ folder: path.resolve(folder), checkpoint }, async ({ run, step, model }) => {
    const written = await EXPORTERS[format].write({
      model,
      config: run.config,
      step,
      folder: path.resolve(out),
    });
    return written.folder;
  });
}
