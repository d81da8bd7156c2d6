/** `train`: a folder of images becomes a run. */
import path from 'node:path';
import {
  BUILT_IN_DATASETS, DEFAULT_DATASET_OPTIONS, DEFAULT_RUN_CONFIG, StudioError,
  type DatasetOptions, type DatasetSource, type LeftOut, type RunConfig, type RunEvent,
} from '../contract/index.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import { ganOf } from '../gans/index.ts';
import { Run } from '../runs/index.ts';
import { Session } from '../training/session.ts';
import { train } from '../training/train.ts';
import { defaultFolders } from './default-folders.ts';
import { Progress, TrainingProgress } from './progress.ts';

export type TrainFlags = {
  data: string; out: string; steps: number; seed: number; size?: DatasetOptions['size']; gan: string; loss?: string; batch: number;
  colour?: DatasetOptions['colour']; framing: DatasetOptions['framing']; background?: string; mirror: boolean;
  learningRateD: number; learningRateG: number; z: number; ganOption: Record<string, unknown>; json: boolean;
};

/** How a run on the command line ended. */
export type Outcome = 'finished' | 'interrupted';

/** Trains as the flags say; an interrupt saves a checkpoint first. */
export async function trainCommand(flags: TrainFlags): Promise<Outcome> {
  const config = configOf(flags);
  return trainRun({ config, folder: path.resolve(flags.out), json: flags.json });
}

/** Trains a config into a run folder, telling of it in JSON lines on standard output or with a bar on standard error. */
export async function trainRun({ config, folder, json }: { config: RunConfig; folder: string; json: boolean }): Promise<Outcome> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  Run.requireFree(folder);
  const dataset = await open(config, stop.signal);
  const run = Run.create(folder, config);
  const session = new Session(config);
  const progress = new TrainingProgress();
  try {
    for await (const event of train({ session, dataset, run, signal: stop.signal })) {
      if (json) printLine(event);
      else progress.show(event);
      // Signals are delivered between turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    progress.end();
    dataset.close();
  }
  const outcome = session.step < config.steps ? 'interrupted' : 'finished';
  session.dispose();
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  return outcome;
}

async function open({ dataset }: RunConfig, signal: AbortSignal): Promise<Dataset> {
  const progress = new Progress('Preparing images');
  try {
    const opened = await openDataset({
      ...dataset, folders: defaultFolders(), signal,
      onProgress: ({ done, total }) => { if (total !== undefined) progress.show({ done, total }); },
    });
    tellLeftOut(opened.summary.leftOut);
    return opened;
  } finally {
    progress.end();
  }
}

function tellLeftOut(leftOut: LeftOut[]): void {
  if (leftOut.length === 0) return;
  process.stderr.write(`Left out ${leftOut.length} ${leftOut.length === 1 ? 'file' : 'files'}:\n`);
  for (const { file, reason, detail } of leftOut.slice(0, 20)) process.stderr.write(`  ${file}: ${reason} (${detail})\n`);
  if (leftOut.length > 20) process.stderr.write(`  and ${leftOut.length - 20} more\n`);
}

function printLine(event: RunEvent): void {
  const plain = event.type === 'samples' ? { type: event.type, step: event.step, file: event.file } : event;
  process.stdout.write(`${JSON.stringify(plain)}\n`);
}

function configOf(flags: TrainFlags): RunConfig {
  const source = sourceOf(flags.data);
  const digits = source.kind === 'built-in' && source.name === 'digits';
  const base = digits ? DEFAULT_RUN_CONFIG.dataset.options : DEFAULT_DATASET_OPTIONS;
  const { size = base.size, colour = base.colour, background = base.background, framing, mirror } = flags;
  const gan = ganOf(flags.gan);
  return {
    ...DEFAULT_RUN_CONFIG,
    name: path.basename(path.resolve(flags.data)) || 'run',
    dataset: { source, options: { size, colour, background, framing, mirror } },
    gan: { kind: gan.kind, options: optionsOf(flags) },
    loss: { kind: flags.loss ?? gan.loss, options: {} },
    z: { ...DEFAULT_RUN_CONFIG.z, size: flags.z },
    optimizer: { ...DEFAULT_RUN_CONFIG.optimizer, learningRate: { discriminator: flags.learningRateD, generator: flags.learningRateG } },
    batch: flags.batch,
    steps: flags.steps,
    seed: flags.seed,
  };
}

function sourceOf(data: string): DatasetSource {
  const name = BUILT_IN_DATASETS.find((builtIn) => `built-in:${builtIn}` === data);
  return name ? { kind: 'built-in', name } : { kind: 'folder', path: path.resolve(data) };
}

function optionsOf({ gan, ganOption }: TrainFlags): Record<string, unknown> {
  const { options } = ganOf(gan);
  const unknown = Object.keys(ganOption).find((name) => !(name in options.shape));
  if (unknown !== undefined) {
    throw new StudioError({
      code: 'unknown-option',
      message: `The GAN "${gan}" has no option "${unknown}".`,
      remedy: `Its options are: ${Object.keys(options.shape).join(', ')}.`,
    });
  }
  return options.parse(ganOption);
}
