/** `export`: writes a run's generator in the formats of other programs. */
import path from 'node:path';
import type { ExportFormat, ExportLayout, Exported, WhichCheckpoint } from '../contract/index.ts';
import type { CheckExport } from '../export-checks/index.ts';
import { subjectOf, writeExports } from '../export/index.ts';
import { Run } from '../runs/index.ts';
import { allWeightsFrom, withModel } from '../training/index.ts';

type Asked = {
  run: string;
  /** Default: the best, or the newest if the best is not known. */
  checkpoint?: WhichCheckpoint | undefined;
  formats: readonly ExportFormat[];
  layout?: ExportLayout | undefined;
  /** The new folders are made in this one. */
  out: string;
  check: CheckExport;
  signal?: AbortSignal | undefined;
};

/** Writes a new folder for each format into `out`, and returns what they hold. */
export function exportCommand({
  run: folder,
  checkpoint,
  out,
  formats,
  ...asked
}: Asked): Promise<Exported[]> {
  const which = checkpoint ?? (Run.open(path.resolve(folder)).best() ? 'best' : 'newest');
  return withModel({ folder: path.resolve(folder), checkpoint: which }, ({ run, step, model }) => {
    const weights = () => allWeightsFrom(run.config, run.checkpoint(step));
    return writeExports({
      ...asked,
      formats,
      subject: subjectOf({ model, config: run.config, step, weights }, formats),
      folder: path.resolve(out),
    });
  });
}
