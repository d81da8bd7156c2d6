/** `train`: a folder of images becomes a run. */
import path from 'node:path';
import type { RunConfig } from '../contract/index.ts';
import { hashOfFile } from '../datasets/index.ts';
import { createRun, openNewData, Run } from '../runs/index.ts';
import { beginNew, completeConfig, needsClasses, withClasses } from '../training/index.ts';
import { follow, interruptibly, openWithProgress, tellDataset, type Outcome } from './follow.ts';
import { configFrom, type ConfigFlags } from './train-config.ts';

export type TrainFlags = ConfigFlags & {
  /** Files to leave out of the data set. */
  leaveOut: string[];
  out: string;
  json: boolean;
};

/** Trains as the flags say; an interrupt saves a checkpoint first. */
export async function trainCommand(flags: TrainFlags): Promise<Outcome> {
  const config = configFrom(flags);
  const leftOut = await Promise.all(flags.leaveOut.map((file) => hashOfFile(path.resolve(file))));
  return trainRun({
    config: { ...config, dataset: { ...config.dataset, leftOut } },
    folder: path.resolve(flags.out),
    json: flags.json,
  });
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
    const dataset = await openWithProgress((how) => openNewData(config, { ...how, signal }));
    tellDataset(dataset.summary);
    const complete = withClasses(config, dataset);
    return follow({
      open: () => createRun(folder, complete, dataset),
      make: () => beginNew(complete),
      dataset,
      signal,
      json,
    });
  });
}
