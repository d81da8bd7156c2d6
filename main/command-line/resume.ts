/** `resume`: goes on with an interrupted or stopped run from one of its checkpoints. */
import path from 'node:path';
import type { Precision, WhichCheckpoint } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { openRunData, relinkRun, Run } from '../runs/index.ts';
import { beginAgain, requirePrecision, requireStepsLeft } from '../training/index.ts';
import { precisionHere } from './precision-here.ts';
import { follow, interruptibly, openWithProgress, PROGRAM, printDataset, type Outcome } from './follow.ts';
import { sourceFrom, withRemedies, type PicturesFlags } from './run-pictures.ts';

/**
 * Trains on from the checkpoint, by default the newest whole one, up to `steps` steps in all, by default the
 * number in the run's settings.
 */
export async function resumeCommand({
  run: folder,
  checkpoint = 'newest',
  steps,
  precision,
  json,
  ...pictures
}: PicturesFlags & {
  run: string;
  checkpoint?: WhichCheckpoint;
  steps?: number;
  precision?: Precision;
  json: boolean;
}): Promise<Outcome> {
  return interruptibly(async (signal) => {
    const found = Run.open(path.resolve(folder));
    requireStepsLeft(stepOf(found, checkpoint), steps ?? found.config.steps);
    const { run, dataset } = await withRemedies(async () => {
      if (!precision) await requirePrecision(found.config, precisionHere(signal));
      return withPictures(found.folder, { ...pictures, signal });
    });
    printDataset(dataset.summary);
    return follow({
      open: () => run,
      make: () => beginAgain(run, { steps, checkpoint, precision, dataset }),
      dataset,
      signal,
      json,
    });
  });
}

/** Opens the run and its pictures, after pointing it at those that the flags name. */
async function withPictures(
  folder: string,
  { signal, ...pictures }: PicturesFlags & { signal: AbortSignal },
): Promise<{ run: Run; dataset: Dataset }> {
  const { changedData = 'refuse' } = pictures;
  const source = sourceFrom(pictures);
  if (source || changedData === 'go-on')
    await openWithProgress((how) =>
      relinkRun(folder, { ...how, signal, source, changedData, program: PROGRAM }),
    );
  const run = Run.open(folder);
  const { dataset } = await openWithProgress((how) => openRunData(run, { ...how, signal }));
  return { run, dataset };
}

/** The step of a checkpoint; that of the newest is known from its name, without reading it. */
function stepOf(run: Run, checkpoint: WhichCheckpoint): number {
  return checkpoint === 'newest' ? (run.checkpointSteps()[0] ?? 0) : run.checkpoint(checkpoint).step;
}
