/**
 * Answers the dataset commands in the library process: one dataset open, one being prepared, and the newest
 * wins.
 */
import type { Handlers, StudioEvent } from '../contract/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { openDataset, thumbnails, type Dataset, type DatasetProgress } from './open-dataset.ts';
import { datasetNotOpen } from './pixels.ts';

const MILLISECONDS_BETWEEN_EVENTS = 100;

export type DatasetHandlers = Pick<
  Handlers<'library'>,
  'dataset.open' | 'dataset.cancel' | 'dataset.thumbnails'
> & {
  /** Cancels what is being prepared and closes what is open. */
  close(): void;
};

/**
 * `dataset.open` rejects with StudioError `cancelled` when a newer one or `dataset.cancel` overtakes it; the
 * dataset opened before stays open until the newer one is ready. `dataset.thumbnails` knows the open one
 * only, and rejects with `dataset-not-open` for others. Progress is emitted about ten times a second.
 */
export function createDatasetHandlers({
  folders,
  decoders,
  emit,
}: {
  folders: Folders;
  decoders: Decoders;
  emit: (event: StudioEvent) => void;
}): DatasetHandlers {
  let opened: Dataset | undefined;
  let preparing = new AbortController();
  return {
    async 'dataset.open'({ source, options }) {
      preparing.abort();
      const mine = (preparing = new AbortController());
      const onProgress = throttle((progress) => emit({ type: 'dataset-progress', ...progress }));
      const dataset = await openDataset({
        source,
        options,
        folders,
        decoders,
        signal: mine.signal,
        onProgress,
      });
      opened?.close();
      opened = dataset;
      return dataset.summary;
    },
    async 'dataset.cancel'() {
      preparing.abort();
      return {};
    },
    async 'dataset.thumbnails'({ id, from, count }) {
      if (opened === undefined || opened.summary.id !== id) throw datasetNotOpen();
      return thumbnails(opened, from, count);
    },
    'close'() {
      preparing.abort();
      opened?.close();
      opened = undefined;
    },
  };
}

/** Passes on the first report of each stage, the last one, and one every 100 ms between. */
function throttle(pass: (progress: DatasetProgress) => void): (progress: DatasetProgress) => void {
  let stage: DatasetProgress['stage'] | undefined;
  let passedAt = 0;
  return (progress) => {
    const now = Date.now();
    const due = now - passedAt >= MILLISECONDS_BETWEEN_EVENTS;
    if (!due && progress.stage === stage && progress.done !== progress.total) return;
    ({ stage } = progress);
    passedAt = now;
    pass(progress);
  };
}
