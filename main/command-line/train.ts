/** `train`: a folder of images becomes a run. */
import path from 'node:path';
import {
  BUILT_IN_DATASETS, DEFAULT_DATASET_OPTIONS, DEFAULT_RUN_CONFIG, StudioError,
  type DatasetOptions, type DatasetSource, type RunConfig,
} from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';
import { Run } from '../runs/index.ts';
import { beginNew } from '../training/beginning.ts';
import { completeConfig } from '../training/session.ts';
import { follow, interruptibly, openWithProgress, type Outcome } from './follow.ts';

export type TrainFlags = {
  data: string; out: string; steps: number; seed: number; size?: DatasetOptions['size']; gan: string; loss?: string; batch: number;
  colour?: DatasetOptions['colour']; framing: DatasetOptions['framing']; background?: string; mirror: boolean;
  learningRateD: number; learningRateG: number; z: number; ganOption: Record<string, unknown>; checkpointEvery: number; json: boolean;
};

/** Trains as the flags say; an interrupt saves a checkpoint first. */
export async function trainCommand(flags: TrainFlags): Promise<Outcome> {
  const config = configOf(flags);
  return trainRun({ config, folder: path.resolve(flags.out), json: flags.json });
}

/** Trains a config into a new run folder. */
export async function trainRun({ config, folder, json }: { config: RunConfig; folder: string; json: boolean }): Promise<Outcome> {
  const complete = completeConfig(config);
  Run.requireFree(folder);
  return interruptibly(async (signal) => {
    const dataset = await openWithProgress(complete, signal);
    return follow({ run: Run.create(folder, complete), begin: () => beginNew(complete), dataset, signal, json });
  });
}

function configOf(flags: TrainFlags): RunConfig {
  const source = sourceOf(flags.data);
  const digits = source.kind === 'built-in' && source.name === 'digits';
  const base = digits ? DEFAULT_RUN_CONFIG.dataset.options : DEFAULT_DATASET_OPTIONS;
  const { size = base.size, colour = base.colour, background = base.background, framing, mirror } = flags;
  const gan = ganOf(flags.gan);
  return {
    ...DEFAULT_RUN_CONFIG,
    name: path.basename(path.resolve(flags.data)).slice(0, 120) || 'run',
    dataset: { source, options: { size, colour, background, framing, mirror } },
    gan: { kind: gan.kind, options: optionsOf(flags) },
    loss: { kind: flags.loss ?? gan.loss, options: {} },
    z: { ...DEFAULT_RUN_CONFIG.z, size: flags.z },
    optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, learningRate: { discriminator: flags.learningRateD, generator: flags.learningRateG } },
    batch: flags.batch,
    steps: flags.steps,
    checkpoints: { ...DEFAULT_RUN_CONFIG.checkpoints, everySteps: flags.checkpointEvery },
    seed: flags.seed,
  };
}

function sourceOf(data: string): DatasetSource {
  const name = BUILT_IN_DATASETS.find((builtIn) => `built-in:${builtIn}` === data);
  return name ? { kind: 'built-in', name } : { kind: 'folder', path: path.resolve(data) };
}

function optionsOf({ gan, ganOption }: TrainFlags): Record<string, unknown> {
  const { options } = ganOf(gan);
  const unknown = Object.keys(ganOption).find((name) => !Object.hasOwn(options.shape, name));
  if (unknown !== undefined) {
    throw new StudioError({
      code: 'unknown-option',
      message: `The GAN "${gan}" has no option "${unknown}".`,
      remedy: `Its options are: ${Object.keys(options.shape).join(', ')}.`,
    });
  }
  return options.parse(ganOption);
}
