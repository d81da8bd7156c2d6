/**
 * The utility process that scans folders and reads runs: it answers while the trainer is in the middle of a
 * step.
 */
import type { Handlers } from '#main/contract/index.ts';
import { createDatasetHandlers } from '#main/datasets/index.ts';
import { createRunHandlers } from '#main/runs/index.ts';
import { serve } from './host.ts';

/** Whoever opens a folder watches how far it has come. */
const INTERVAL_MILLISECONDS = 100;

serve(
  ({ folders, decoders, emit }) => {
    const { close, ...datasets } = createDatasetHandlers({ folders, decoders, emit });
    const handlers = {
      ...datasets,
      ...createRunHandlers({ folders, decoders }),
    } satisfies Handlers<'library'>;
    return { handlers, close: async () => close() };
  },
  { interval: INTERVAL_MILLISECONDS },
);
