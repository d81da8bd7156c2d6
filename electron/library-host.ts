/**
 * The utility process that scans folders and reads runs: it answers while the trainer is in the middle of a
 * step.
 */
import type { Handlers } from '#main/contract/index.ts';
import { createDatasetHandlers, type RunPictures } from '#main/datasets/index.ts';
import { createRunHandlers, failureOfChange, likeOf, Run } from '#main/runs/index.ts';
import { serve } from './host.ts';

/** Short, since a person who opens a folder watches the progress. */
const INTERVAL_MILLISECONDS = 100;

/** The pictures of a run, with which a data set that is opened for that run is compared. */
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
