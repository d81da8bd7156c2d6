/** What every export format is: a way to write a trained generator into a folder that explains itself. */
import type { CommandOutput, RunConfig } from '../contract/index.ts';
import type { Model } from '../explore/index.ts';

export type ExportRequest = {
  model: Model;
  config: RunConfig;
  /** Steps it has been trained for. */
  step: number;
  /** The new folder is made below this one. */
  folder: string;
};

export type Exporter = {
  /** Throws StudioError when the disk refuses. */
  write(request: ExportRequest): Promise<CommandOutput<'export.generator'>>;
};
