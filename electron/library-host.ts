/**
 * The utility process that scans folders and reads runs: it answers while the trainer is in the middle of a
 * step.
 */
import type { Handlers } from '#main/contract/index.ts';
import { createDatasetHandlers, type RunPictures } from '#main/datasets/index.ts';
import { createRunHandlers, failureOfChange, likeOf, Run } from '#main/runs/index.ts';
import { serve } from './host.ts';

/** Whoever opens a folder watches how far it has come. */
const INTERVAL_MILLISECONDS = 100;

/** What a data set that is opened for a run is compared with. */
function picturesOf(folder: string): RunPictures {
  const run = Run.open(folder);
  return { like: likeOf(run), changeOf: (dataset) => failureOfChange(run, dataset) };
}

serve(
  ({ folders, decoders, emit }) => {
    const { close, ...datasets } = createDatasetHandlers({ folders, decoders, emit, picturesOf });
    const handlers = {
      ...datasets,
      ...createRunHandlers({ folders, decoders }),
    } satisfies Handlers<'library'>;
    return { handlers, close: async () => close() };
  },
  { interval: INTERVAL_MILLISECONDS },
);
