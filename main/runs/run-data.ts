/**
 * The pictures of a run: opens them where they lie and compares them with those that the run was trained on.
 * The app and the command line share this.
 */
import {
  BUILT_IN_NAMES,
  shareHeldOut,
  StudioError,
  type ChangedData,
  type DatasetChoice,
  type DatasetSource,
  type Failure,
  type RunConfig,
} from '../contract/index.ts';
import {
  changeOf,
  changeOfContent,
  contentOf,
  FEWEST_PICTURES,
  openDataset,
  type Dataset,
  type OpenDatasetRequest,
  type PictureList,
} from '../datasets/index.ts';
import { holdRun } from './holder.ts';
import { listRun } from './list.ts';
import { Run } from './run.ts';

type How = Pick<OpenDatasetRequest, 'folders' | 'decoders' | 'signal' | 'onProgress'>;
type Asked = How & {
  /** Default: 'refuse'. */
  changedData?: ChangedData | undefined;
};

/**
 * Opens the pictures of a new run; nothing is held out until the run is created. Throws StudioError
 * `data-changed` when they differ from the content in its settings, and `too-few-images`.
 */
export async function openNewData(config: RunConfig, { changedData, ...how }: Asked): Promise<Dataset> {
  const dataset = await openDataset({ ...config.dataset, ...how });
  const { content } = dataset.summary;
  const change = config.dataset.content && content && changeOfContent(config.dataset.content, content);
  return accepted(dataset, {
    changedData,
    failure:
      change === undefined
        ? undefined
        : dataChanged(`The pictures have changed since they were opened. ${change}`),
  });
}

/**
 * Opens the pictures of a run, with the held-out ones set aside, at `source` if they have moved. Throws
 * StudioError `data-changed` when they are not those that it was trained on, `cannot` for another kind of
 * data, and what opening a data set throws.
 */
export async function openRunData(
  run: Run,
  { source, changedData, ...how }: Asked & { source?: DatasetSource | undefined },
): Promise<{ dataset: Dataset; change: string | undefined }> {
  const { dataset: choice } = run.config;
  if (source && kindOf(source) !== kindOf(choice.source)) throw otherKind(run, source);
  const dataset = await openDataset({
    ...choice,
    source: source ?? choice.source,
    like: likeOf(run),
    ...how,
  });
  const change = changeIn(run, dataset);
  const failure = change === undefined ? undefined : runDataChanged(run, change);
  const all = accepted(dataset, { changedData, failure });
  return { dataset: all.holdOut?.(run.config) ?? all, change };
}

/**
 * What to compare files with when the data set of this run is opened: its pictures, or at least its classes.
 */
export function likeOf(run: Run): PictureList | undefined {
  const { classes } = run.config;
  return (
    run.pictures() ?? (classes.length > 0 ? { preparation: 0, hashes: [], labels: [], classes } : undefined)
  );
}

/** How the pictures differ from the run's, as a failure; undefined if they do not, or if that is unknown. */
export function failureOfChange(run: Run, dataset: Dataset): Failure | undefined {
  const change = changeIn(run, dataset);
  return change === undefined ? undefined : runDataChanged(run, change);
}

function changeIn(run: Run, dataset: Dataset): string | undefined {
  const { classes, dataset: choice } = run.config;
  const now = dataset.pictures?.(classes);
  if (!now) return undefined;
  const before = run.pictures();
  if (before) return changeOf(before, now);
  const usesClasses = classes.length > 0 || choice.options.evenClasses;
  return (
    choice.content &&
    changeOfContent(usesClasses ? choice.content : { ...choice.content, classes: [] }, contentOf(now))
  );
}

/**
 * Makes the run's folder with a list of its pictures; the settings in it say what their content is and what
 * share of them is held out.
 */
export function createRun(folder: string, config: RunConfig, dataset: Dataset): Run {
  const pictures = dataset.pictures?.(config.classes);
  const choice = pictures ? { ...config.dataset, content: contentOf(pictures) } : config.dataset;
  const heldOut = pictures ? shareHeldOut(config.heldOut, pictures.hashes.length) : 0;
  const run = Run.create(folder, { ...config, dataset: choice, heldOut });
  if (pictures) run.savePictures(pictures);
  return run;
}

/** Records these pictures, and where they lie, as those of the run. */
export function keepData(run: Run, dataset: Dataset): void {
  const pictures = dataset.pictures?.(run.config.classes);
  if (!pictures) return;
  const { source } = dataset.summary;
  run.change({ dataset: { ...run.config.dataset, source, content: contentOf(pictures) } });
  run.savePictures(pictures);
}

/**
 * Points a run at its moved pictures, or at changed ones that it is to go on with; a change is logged. Throws
 * StudioError `run-held` while a process trains the run, `data-changed`, and what opening a data set throws.
 */
export async function relinkRun(
  folder: string,
  asked: Asked & { source?: DatasetSource | undefined; program: string },
): Promise<DatasetChoice> {
  const release = holdRun(Run.open(folder).folder, asked.program);
  try {
    const run = Run.open(folder);
    const { dataset, change } = await openRunData(run, asked);
    dataset.close();
    if (change !== undefined) {
      // Logged first, so that no change goes unlogged if what follows fails.
      run.log({ type: 'data-changed', step: listRun(folder).checkpoint, message: change });
      run.flush();
      run.forgetBestCheckpoint();
    }
    keepData(run, dataset);
    return run.config.dataset;
  } finally {
    release();
  }
}

function accepted(
  dataset: Dataset,
  { changedData, failure }: { changedData: ChangedData | undefined; failure: StudioError | undefined },
): Dataset {
  const asked = changedData === 'go-on' ? undefined : failure;
  const refusal = asked ?? (dataset.count < FEWEST_PICTURES ? tooFew(dataset) : undefined);
  if (!refusal) return dataset;
  dataset.close();
  throw refusal;
}

function runDataChanged({ config: { name } }: Run, change: string): StudioError {
  return dataChanged(`The pictures are not those that the run ${name} was trained on. ${change}`);
}

function dataChanged(message: string): StudioError {
  return new StudioError({
    code: 'data-changed',
    message,
    remedy: 'Bring the pictures back, choose the folder again, or go on with the changed pictures.',
  });
}

function tooFew({ count, summary }: Dataset): StudioError {
  const left = summary.leftOutByHand.length;
  const strange = summary.leftOut.filter(({ reason }) => reason === 'no-class').length;
  const classes = summary.classes.map(({ name }) => name).join(', ');
  const others = strange > 0 ? ` Of the others, ${strange} are in none of its classes: ${classes}.` : '';
  const remedy = strange > 0 ? 'Give the folders the names of the classes.' : 'Add more pictures.';
  return new StudioError({
    code: 'too-few-images',
    message: `${count === 1 ? 'One picture is' : 'No picture is'} left; training needs at least ${FEWEST_PICTURES}.${others}`,
    remedy: left > 0 ? 'Put back some of the pictures that you left out.' : remedy,
  });
}

/** The kind of data, in words; data of another kind would make this another run. */
function kindOf(source: DatasetSource): string {
  if (source.kind === 'built-in') return `${BUILT_IN_NAMES[source.name]}, a set that comes with GAN Studio`;
  return source.kind === 'points' ? 'points of the plane' : 'pictures of your own';
}

function otherKind({ config: { name, dataset } }: Run, source: DatasetSource): StudioError {
  return new StudioError({
    code: 'cannot',
    message: `The run ${name} was trained on ${kindOf(dataset.source)}; it cannot go on with ${kindOf(source)}.`,
    remedy: 'Start a new run for other data.',
  });
}
