/**
 * Answers the commands about data sets in the library process. One data set is open and one may be being
 * prepared; the newest request wins.
 */
import type {
  CommandInput,
  CommandOutput,
  DatasetSource,
  DatasetSummary,
  Failure,
  Handlers,
  PlainImage,
  StudioEvent,
} from '../contract/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { scatterPicture } from '../samples/index.ts';
import type { PictureList } from './content.ts';
import type { Dataset, PictureDataset } from './dataset.ts';
import { openDataset, openPictures, type DatasetProgress, type OpenDatasetRequest } from './open-dataset.ts';
import { showPath } from './paths.ts';
import { datasetNotOpen } from './pixels.ts';
import { somePoints } from './points.ts';
import { pictureUnusable } from './one-picture.ts';
import type { FoundFile } from './found.ts';

const MILLISECONDS_BETWEEN_EVENTS = 100;
/** The most pixels of the longer side of a picture that is shown. */
const LARGE_VIEW = 1024;

export type DatasetHandlers = Pick<
  Handlers<'library'>,
  'dataset.open' | 'dataset.cancel' | 'dataset.leaveOut' | 'dataset.thumbnails' | 'dataset.picture'
> & {
  /** Cancels what is being prepared and closes what is open. */
  close(): void;
};

/** The pictures that a run was trained on, and how a data set differs from them. */
export type RunPictures = {
  /** The list that the run keeps; undefined for points, and for runs begun before runs kept one. */
  like?: PictureList | undefined;
  changeOf(dataset: Dataset): Failure | undefined;
};

type HandlersInput = {
  folders: Folders;
  decoders: Decoders;
  emit: (event: StudioEvent) => void;
  /** Reads the pictures of a run from its folder. */
  picturesOf: (run: string) => RunPictures;
};

/**
 * `dataset.open` rejects with StudioError `cancelled` when a newer one or `dataset.cancel` overtakes it; the
 * data set opened before stays open until the newer one is ready. The commands with an id accept only the
 * open data set, and reject with `dataset-not-open` for others. Progress is emitted about ten times a second.
 */
export function createDatasetHandlers(given: HandlersInput): DatasetHandlers {
  const dataset = new OpenedDataset(given);
  return {
    'dataset.open': (asked) => dataset.open(asked),
    async 'dataset.cancel'() {
      dataset.cancel();
      return {};
    },
    'dataset.leaveOut': async ({ id, leftOut }) => dataset.leaveOut(id, leftOut),
    'dataset.thumbnails': async (asked) => dataset.thumbnails(asked),
    'dataset.picture': ({ id, file }) => dataset.picture(id, file),
    'close': () => dataset.close(),
  };
}

/** Holds the data set that is open, and cancels the one that is being prepared. */
class OpenedDataset {
  private readonly given: HandlersInput;
  private opened: Dataset | PictureDataset | undefined;
  private preparing = new AbortController();

  constructor(given: HandlersInput) {
    this.given = given;
  }

  async open({ run, ...choice }: CommandInput<'dataset.open'>): Promise<DatasetSummary> {
    const { folders, decoders, emit, picturesOf } = this.given;
    this.cancel();
    const { signal } = (this.preparing = new AbortController());
    const onProgress = throttle((progress) => emit({ type: 'dataset-progress', ...progress }));
    const own = run === undefined ? undefined : picturesOf(run);
    const dataset = await open({ ...choice, like: own?.like, folders, decoders, signal, onProgress });
    this.opened?.close();
    this.opened = dataset;
    const changed = own?.changeOf(dataset);
    return changed ? { ...dataset.summary, changed } : dataset.summary;
  }

  cancel(): void {
    this.preparing.abort();
  }

  leaveOut(id: string, leftOut: readonly string[]): DatasetSummary {
    this.opened = this.pictures(id).withLeftOut(leftOut);
    return this.opened.summary;
  }

  thumbnails({ id, from, count }: CommandInput<'dataset.thumbnails'>): CommandOutput<'dataset.thumbnails'> {
    const source = this.opened?.summary.id === id ? this.opened.summary.source : undefined;
    if (source?.kind === 'points') return { images: pictureOfPoints(source), pictures: [] };
    return this.pictures(id).preview(from, count);
  }

  async picture(id: string, file: string): Promise<CommandOutput<'dataset.picture'>> {
    const picture = this.pictures(id).find(file);
    if (!picture) throw datasetNotOpen();
    return { before: await largeView(picture.found, this.given.decoders), after: picture.after };
  }

  close(): void {
    this.cancel();
    this.opened?.close();
    this.opened = undefined;
  }

  private pictures(id: string): PictureDataset {
    const { opened } = this;
    if (opened === undefined || opened.summary.id !== id || !('preview' in opened)) throw datasetNotOpen();
    return opened;
  }
}

function open(request: OpenDatasetRequest): Promise<Dataset | PictureDataset> {
  const { source } = request;
  return source.kind === 'points' ? openDataset(request) : openPictures({ ...request, source });
}

/** A picture in its own shape, no larger than a view needs. */
async function largeView({ place, path }: FoundFile, decoders: Decoders): Promise<PlainImage> {
  const view = await decoders.view({ ...place, most: LARGE_VIEW });
  if ('reason' in view) throw pictureUnusable(showPath(path), view);
  const { width, height, channels, pixels } = view;
  return { width, height, channels, pixels: new Uint8Array(pixels) };
}

function pictureOfPoints({ points }: Extract<DatasetSource, { kind: 'points' }>) {
  return scatterPicture([{ points: somePoints(points), of: 'real' }]);
}

/** Passes on the first report of each stage, the last one, and one every 100 ms in between. */
function throttle(pass: (progress: DatasetProgress) => void): (progress: DatasetProgress) => void {
  let stage: DatasetProgress['stage'] | undefined;
  let passedAt = -Infinity;
  return (progress) => {
    const now = performance.now();
    const due = now - passedAt >= MILLISECONDS_BETWEEN_EVENTS;
    if (!due && progress.stage === stage && progress.done !== progress.total) return;
    ({ stage } = progress);
    passedAt = now;
    pass(progress);
  };
}
