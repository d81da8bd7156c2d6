/** `train`: a folder of images becomes a run. */
import path from 'node:path';
import type { z } from 'zod';
import {
  BUILT_IN_DATASETS, DEFAULT_DATASET_OPTIONS, DEFAULT_RUN_CONFIG, StudioError,
  type DatasetOptions, type DatasetSource, type RunConfig, type Schedule,
} from '../contract/index.ts';
import { ganOf } from '../gans/index.ts';
import { lossOf } from '../losses/index.ts';
import { optimizerOf } from '../optimizers/index.ts';
import { Run } from '../runs/index.ts';
import { beginNew } from '../training/beginning.ts';
import { completeConfig } from '../training/rules.ts';
import { follow, interruptibly, openWithProgress, type Outcome } from './follow.ts';

export type TrainFlags = {
  data: string; out: string; steps: number; seed: number; size?: DatasetOptions['size']; gan: string; loss?: string; batch: number;
  colour?: DatasetOptions['colour']; framing: DatasetOptions['framing']; background?: string; mirror: boolean;
  learningRateD: number; learningRateG: number; z: number; ganOption: Record<string, unknown>; lossOption: Record<string, unknown>; checkpointEvery: number; json: boolean;
  optimizer: string; optimizerOption: Record<string, unknown>; schedule: Schedule['kind'];
  scheduleFrom?: number; scheduleOver?: number; scheduleFloor?: number; clip: number;
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
  const loss = lossOf(flags.loss ?? gan.loss);
  return {
    ...DEFAULT_RUN_CONFIG,
    name: path.basename(path.resolve(flags.data)).slice(0, 120) || 'run',
    dataset: { source, options: { size, colour, background, framing, mirror } },
    gan: { kind: gan.kind, options: optionsOf({ of: `The GAN "${gan.kind}"`, options: gan.options, given: flags.ganOption }) },
    loss: { kind: loss.kind, options: optionsOf({ of: `The loss "${loss.kind}"`, options: loss.options, given: flags.lossOption }) },
    z: { ...DEFAULT_RUN_CONFIG.z, size: flags.z },
    optimizer: optimizerFrom(flags),
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

function optimizerFrom(flags: TrainFlags): RunConfig['optimizer'] {
  const { kind, options } = optimizerOf(flags.optimizer);
  return {
    kind,
    options: optionsOf({ of: `The optimiser "${kind}"`, options, given: flags.optimizerOption }),
    learningRate: { discriminator: flags.learningRateD, generator: flags.learningRateG },
    schedule: scheduleFrom(flags),
    clip: flags.clip,
  };
}

function scheduleFrom({ schedule: kind, scheduleFrom: from, scheduleOver: over, scheduleFloor: floor, steps }: TrainFlags): Schedule {
  const plain = DEFAULT_RUN_CONFIG.optimizer.schedule;
  if (kind !== 'constant') return { kind, from: from ?? plain.from, over: over ?? Math.max(1, steps - (from ?? plain.from)), floor: floor ?? plain.floor };
  if (from === undefined && over === undefined && floor === undefined) return { ...plain, kind };
  throw new StudioError({
    code: 'invalid-input',
    message: 'The learning rates are constant: they have no --schedule-from, --schedule-over or --schedule-floor.',
    remedy: 'Add --schedule linear or --schedule cosine.',
  });
}

function optionsOf({ of, options, given }: { of: string; options: z.ZodObject; given: Record<string, unknown> }): Record<string, unknown> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(options.shape, name));
  if (unknown !== undefined) {
    throw new StudioError({
      code: 'unknown-option',
      message: `${of} has no option "${unknown}".`,
      remedy: `Its options are: ${Object.keys(options.shape).join(', ')}.`,
    });
  }
  return options.parse(given);
}
