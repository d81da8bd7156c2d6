/** `resume`: an interrupted or stopped run goes on from one of its checkpoints. */
import path from 'node:path';
import type { Precision, WhichCheckpoint } from '../contract/index.ts';
import { openRunData, relinkRun, Run } from '../runs/index.ts';
import { beginAgain, requirePrecision, requireStepsLeft } from '../training/index.ts';
import { defaultFolders } from './default-folders.ts';
import { follow, interruptibly, openWithProgress, PROGRAM, tellDataset, type Outcome } from './follow.ts';
import { sourceFrom, withRemedies, type PicturesFlags } from './run-pictures.ts';

/**
 * Trains on from the checkpoint, the newest whole one by default, to `steps` in all, or to the number that the run was
 * started with.
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
  const { changedData = 'refuse' } = pictures;
  const source = sourceFrom(pictures);
  return interruptibly(async (signal) => {
    const found = Run.open(path.resolve(folder));
    requireStepsLeft(stepOf(found, checkpoint), steps ?? found.config.steps);
    const place = found.folder;
    const { run, dataset } = await withRemedies(async () => {
      if (!precision) await requirePrecision(found.config, { cache: defaultFolders().cache, signal });
      if (source || changedData === 'go-on')
        await openWithProgress((how) =>
          relinkRun(place, { ...how, signal, source, changedData, program: PROGRAM }),
        );
      const opened = Run.open(place);
      const own = await openWithProgress(async (how) => {
        const { dataset } = await openRunData(opened, { ...how, signal });
        return dataset;
      });
      return { run: opened, dataset: own };
    });
    tellDataset(dataset.summary);
    return follow({
      open: () => run,
      make: () => beginAgain(run, { steps, checkpoint, precision, dataset }),
      dataset,
      signal,
      json,
    });
  });
}

/** Of the newest it is known without reading it. */
function stepOf(run: Run, checkpoint: WhichCheckpoint): number {
  return checkpoint === 'newest' ? (run.checkpointSteps()[0] ?? 0) : run.checkpoint(checkpoint).step;
}
