/** `train`: a folder of images becomes a run. */
import path from 'node:path';
import type { RunConfig } from '../contract/index.ts';
import { Run } from '../runs/index.ts';
import { beginNew, completeConfig, needsClasses } from '../training/index.ts';
import { follow, interruptibly, openWithProgress, type Outcome } from './follow.ts';
import { configFrom, type ConfigFlags } from './train-config.ts';

export type TrainFlags = ConfigFlags & { out: string; json: boolean };

/** Trains as the flags say; an interrupt saves a checkpoint first. */
export async function trainCommand(flags: TrainFlags): Promise<Outcome> {
  return trainRun({ config: configFrom(flags), folder: path.resolve(flags.out), json: flags.json });
}

/** Trains a config into a new run folder. */
export async function trainRun({
  config,
  folder,
  json,
}: {
  config: RunConfig;
  folder: string;
  json: boolean;
}): Promise<Outcome> {
  if (!needsClasses(config)) completeConfig(config);
  Run.requireFree(folder);
  return interruptibly(async (signal) => {
    const dataset = await openWithProgress(config, signal);
    const complete = completeConfig({ ...config, classes: dataset.summary.classes });
    return follow({
      open: () => Run.create(folder, complete),
      make: () => beginNew(complete),
      dataset,
      signal,
      json,
    });
  });
}
