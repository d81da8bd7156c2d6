/** `train`: trains a GAN on a data set into a new run folder. */
import path from 'node:path';
import {
  diskInWords,
  diskShortage,
  diskUse,
  StudioError,
  type DatasetSummary,
  type RunConfig,
  type Setting,
} from '../contract/index.ts';
import { hashOfFile } from '../datasets/index.ts';
import { createRun, freeBytes, openNewData, Run, withFreeName } from '../runs/index.ts';
import {
  beginNew,
  completeConfig,
  diskPieces,
  needsClasses,
  settlePrecision,
  withClasses,
} from '../training/index.ts';
import { defaultFolders } from './default-folders.ts';
import { precisionHere } from './precision-here.ts';
import { follow, interruptibly, openWithProgress, printDataset, type Outcome } from './follow.ts';
import { configFrom, type ConfigFlags } from './train-config.ts';

export type TrainFlags = ConfigFlags & {
  /** Files to leave out of the data set. */
  leaveOut: string[];
  out: string;
  json: boolean;
};

/** Trains by the flags; an interrupt saves a checkpoint before the program ends. */
export async function trainCommand(flags: TrainFlags): Promise<Outcome> {
  const config = configFrom(flags);
  const leftOut = await Promise.all(flags.leaveOut.map((file) => hashOfFile(path.resolve(file))));
  return trainRun({
    config: { ...config, dataset: { ...config.dataset, leftOut } },
    folder: path.resolve(flags.out),
    json: flags.json,
    check: ({ leftOutByHand }) => {
      const at = leftOut.findIndex((file) => !leftOutByHand.includes(file));
      if (at >= 0) throw notInDataset(flags.leaveOut[at] ?? '');
    },
  });
}

/** Trains a config into a new run folder. */
export async function trainRun({
  config,
  folder,
  json,
  check,
}: {
  config: RunConfig;
  folder: string;
  json: boolean;
  /** Called with the data set before the run is made; may throw. */
  check?: (summary: DatasetSummary) => void;
}): Promise<Outcome> {
  if (!needsClasses(config)) completeConfig(config);
  Run.requireFree(folder);
  return interruptibly(async (signal) => {
    const dataset = await openWithProgress((how) => openNewData(config, { ...how, signal }));
    printDataset(dataset.summary);
    check?.(dataset.summary);
    const asked = withClasses(named(config, folder), dataset);
    const settled = await settlePrecision(asked, precisionHere(signal));
    const complete = { ...asked, precision: settled.precision };
    printDisk({ config: complete, pictures: dataset.count, folder });
    return follow({
      open: () => createRun(folder, complete, dataset),
      make: (run) => beginNew(run.config, settled),
      dataset,
      signal,
      json,
    });
  });
}

/** Prints how much disk space the run may take, and what to change if that is more than is free. */
function printDisk({
  config,
  pictures,
  folder,
}: {
  config: RunConfig;
  pictures: number;
  folder: string;
}): void {
  const run = { config, pieces: diskPieces(config), pictures };
  const free = freeBytes(folder);
  process.stderr.write(`${diskInWords(diskUse(run), free)}\n`);
  const named = ({ flag }: Setting) => flag && `--${flag.name}`;
  const shortage = diskShortage({ ...run, free, named });
  if (shortage) process.stderr.write(`${shortage.message} ${shortage.remedy}\n`);
}

/** With a free name if the run is in the folder where the app lists its runs. */
function named(config: RunConfig, folder: string): RunConfig {
  const { runs } = defaultFolders();
  return path.dirname(folder) === path.resolve(runs) ? withFreeName(config, runs) : config;
}

function notInDataset(file: string): StudioError {
  return new StudioError({
    code: 'invalid-input',
    message: `${file} is not a picture of the data set, so it cannot be left out.`,
    remedy: 'Name a picture that --data includes.',
  });
}
