/** Starts or resumes a run, and leaves nothing behind if that is cancelled. */
import fs from 'node:fs';
import type { CommandInput, RunEvent } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { createRun, newRunFolder, openNewData, openRunData, Run, withFreeName } from '../runs/index.ts';
import {
  beginAgain,
  beginNew,
  type Beginning,
  completeConfig,
  needsClasses,
  requirePrecision,
  RunInTraining,
  settlePrecision,
  withClasses,
} from '../training/index.ts';
import { Steering } from './steering.ts';

/** What a start needs, and the signal that cancels it. */
export type BeginInput = { folders: Folders; decoders: Decoders; signal: AbortSignal };

/** A run that can begin, with its data set open, from which nothing is held out yet. */
export type Ready = {
  dataset: Dataset;
  /** Where the weights of the network for metrics lie. */
  features: string | undefined;
  open: () => Run;
  make: (run: Run) => Beginning;
  /** Takes back what `open` and `make` have written. */
  undo: (run: Run) => void;
};

/** A run that has begun, with its events so far. */
export type Begun = { run: RunInTraining; steering: Steering; first: RunEvent[] };

/** The name under which the app holds a run. */
const PROGRAM = 'GAN Studio';

/** Prepares a new run in the runs folder, under a name that is free there. */
export async function newRun(
  { config, changedData }: CommandInput<'run.start'>,
  { folders, decoders, signal }: BeginInput,
): Promise<Ready> {
  if (!needsClasses(config)) completeConfig(config);
  const dataset = await openNewData(config, { folders, decoders, signal, changedData });
  const { complete, settled } = await closingOnError(dataset, async () => {
    const asked = withClasses(config, dataset);
    const chosen = await settlePrecision(asked, { cache: folders.cache, signal });
    return { complete: { ...asked, precision: chosen.precision }, settled: chosen };
  });
  return {
    dataset,
    features: folders.features,
    open: () => {
      const named = withFreeName(complete, folders.runs);
      return createRun(newRunFolder(folders.runs, named.name), named, dataset);
    },
    make: (run) => beginNew(run.config, settled),
    undo: ({ folder }) => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

async function closingOnError<Result>(dataset: Dataset, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    dataset.close();
    throw error;
  }
}

/**
 * Prepares a run to go on from one of its checkpoints, by default the newest whole one. Later checkpoints are
 * given up when its training begins, after which it can no longer be cancelled.
 */
export async function runAgain(
  { folder, steps, checkpoint, precision }: CommandInput<'run.resume'>,
  { folders, decoders, signal }: BeginInput,
): Promise<Ready> {
  const run = Run.open(folder);
  const { steps: before, precision: precisionBefore } = run.config;
  if (!precision) await requirePrecision(run.config, { cache: folders.cache, signal });
  const { dataset } = await openRunData(run, { folders, decoders, signal });
  return {
    dataset,
    features: folders.features,
    open: () => run,
    make: () => beginAgain(run, { steps, checkpoint, precision, dataset }),
    undo: () => {
      const { steps: now, precision: precisionNow } = run.config;
      if (now !== before || precisionNow !== precisionBefore)
        run.change({ steps: before, precision: precisionBefore });
    },
  };
}

/** Begins the run; if that fails, lets go of everything. Throws StudioError `cancelled` at the signal. */
export async function begin({ undo, ...ready }: Ready, signal: AbortSignal): Promise<Begun> {
  const run = RunInTraining.begin({ ...ready, program: PROGRAM });
  const steering = new Steering(run);
  try {
    return { run, steering, first: await steering.begin(signal) };
  } catch (error) {
    run.session.dispose();
    undo(run.run);
    throw error;
  }
}
