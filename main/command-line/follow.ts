/** Follows a run on the command line to its end, in JSON lines on standard output or with a bar on standard error. */
import {
  withoutImages,
  type FileNote,
  type LeftOut,
  type RunConfig,
  type RunEvent,
} from '../contract/index.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import { openRunLog, type RunLog } from '../log.ts';
import { holdRun, type Run } from '../runs/index.ts';
import type { Beginning } from '../training/beginning.ts';
import type { Session } from '../training/session.ts';
import { train } from '../training/train.ts';
import { withDecoders } from './default-decoders.ts';
import { defaultFolders } from './default-folders.ts';
import { Progress, TrainingProgress } from './progress.ts';

/** How a run on the command line ended. */
export type Outcome = 'finished' | 'interrupted';

const PROGRAM = 'the command line';

/** Calls `work` with a signal that the first Ctrl+C gives. */
export async function interruptibly<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  // Whoever read the lines has gone, as `head` does: end like an interrupt, with a checkpoint.
  process.stdout.on('error', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** Holds the run, makes its session, and trains to the end or the signal; a checkpoint is saved at either. Closes the dataset. */
export async function follow({
  run,
  begin,
  dataset,
  signal,
  json,
}: {
  run: Run;
  begin: () => Beginning;
  dataset: Dataset;
  signal: AbortSignal;
  json: boolean;
}): Promise<Outcome> {
  const progress = new TrainingProgress();
  let release: (() => void) | undefined;
  let session: Session | undefined;
  let log: RunLog | undefined;
  try {
    release = holdRun(run.folder, PROGRAM);
    const beginning = begin();
    ({ session } = beginning);
    log = openRunLog({ folder: run.folder, config: run.config, program: PROGRAM });
    for (const { message } of beginning.damaged) process.stderr.write(`${message} An earlier one is used.\n`);
    for await (const event of train({ ...beginning, dataset, run, signal })) {
      log.event(event);
      tell({ event, json, progress });
      // Signals are delivered between turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return session.step < run.config.steps ? 'interrupted' : 'finished';
  } catch (error) {
    log?.error(error);
    throw error;
  } finally {
    progress.end();
    dataset.close();
    session?.dispose();
    release?.();
  }
}

/** Opens the config's dataset with a bar, and says which files were left out. */
export async function openWithProgress({ dataset }: RunConfig, signal: AbortSignal): Promise<Dataset> {
  const progress = new Progress('Preparing images');
  try {
    const opened = await withDecoders((decoders) =>
      openDataset({
        ...dataset,
        folders: defaultFolders(),
        decoders,
        signal,
        onProgress: ({ done, total }) => {
          if (total !== undefined) progress.show({ done, total });
        },
      }),
    );
    tellNotes(opened.summary.notes);
    tellLeftOut(opened.summary.leftOut);
    return opened;
  } finally {
    progress.end();
  }
}

function tellLeftOut(leftOut: LeftOut[]): void {
  if (leftOut.length === 0) return;
  process.stderr.write(`Left out ${leftOut.length} ${leftOut.length === 1 ? 'file' : 'files'}:\n`);
  tellSome(leftOut.map(({ file, reason, detail }) => `${file}: ${reason} (${detail})`));
}

function tellNotes(notes: FileNote[]): void {
  if (notes.length === 0) return;
  process.stderr.write('Used, with a note:\n');
  tellSome(notes.map(({ file, detail }) => `${file}: ${detail}`));
}

const MOST_LINES = 20;

function tellSome(lines: string[]): void {
  for (const line of lines.slice(0, MOST_LINES)) process.stderr.write(`  ${line}\n`);
  if (lines.length > MOST_LINES) process.stderr.write(`  and ${lines.length - MOST_LINES} more\n`);
}

function tell({
  event,
  json,
  progress,
}: {
  event: RunEvent;
  json: boolean;
  progress: TrainingProgress;
}): void {
  if (event.type === 'warning' || event.type === 'step-refused') {
    process.stderr.write(`Step ${event.step}: ${event.failure.message} ${event.failure.remedy}\n`);
  }
  if (!json) {
    progress.show(event);
    return;
  }
  process.stdout.write(`${JSON.stringify(withoutImages(event))}\n`);
}
