/**
 * Trains a run on the command line, and prints its events as JSON lines on standard output, or its progress
 * on standard error.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  healthInWords,
  precisionInWords,
  withoutImages,
  type DatasetSummary,
  type FileNote,
  type Finding,
  type LeftOut,
  type RunConfig,
  type RunEvent,
} from '../contract/index.ts';
import type { Dataset, OpenDatasetRequest } from '../datasets/index.ts';
import type { Run } from '../runs/index.ts';
import { RunInTraining, type Beginning } from '../training/index.ts';
import { withDecoders } from './default-decoders.ts';
import { defaultFolders } from './default-folders.ts';
import { forTerminal } from './for-terminal.ts';
import { healthLines } from './health-lines.ts';
import { Progress, TrainingProgress } from './progress.ts';
import { bestInWords, measuredLine } from './score-words.ts';

/** How a run on the command line ended. */
export type Outcome = 'finished' | 'interrupted';

/** The name under which this process holds a run. */
export const PROGRAM = 'the command line';

/** Calls `work` with a signal that aborts at the first Ctrl+C. */
export async function interruptibly<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  // The program that reads the lines has ended, as `head` does: end as on Ctrl+C, with a checkpoint.
  process.stdout.on('error', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/**
 * Trains a run to its end, or until the signal aborts; saves a checkpoint in both cases. Closes the data set.
 */
export async function follow({
  signal,
  json,
  ...given
}: {
  open: () => Run;
  make: (run: Run) => Beginning;
  dataset: Dataset;
  signal: AbortSignal;
  json: boolean;
}): Promise<Outcome> {
  const training = RunInTraining.begin({ ...given, program: PROGRAM, features: defaultFolders().features });
  const { run, session } = training;
  printHeldOut(training.dataset);
  const progress = new TrainingProgress(run.config);
  let health: readonly Finding[] = [];
  try {
    for await (const events of training.steps(signal)) {
      for (const event of events) {
        printEvent({ event, json, progress, config: run.config });
        if (event.type === 'health') health = event.findings;
      }
      // Signals are delivered between turns of the event loop.
      await nextTurn();
    }
    return session.step < run.config.steps ? 'interrupted' : 'finished';
  } finally {
    progress.end();
    const best = run.best();
    if (best) process.stderr.write(`Best checkpoint: ${bestInWords(best)}.\n`);
    if (health.length > 0) process.stderr.write(healthLines(health));
    session.dispose();
  }
}

/** Opens a data set, and shows the progress. */
export async function openWithProgress<Result>(
  open: (how: Pick<OpenDatasetRequest, 'folders' | 'decoders' | 'onProgress'>) => Promise<Result>,
): Promise<Result> {
  const progress = new Progress('Preparing pictures');
  const onProgress: OpenDatasetRequest['onProgress'] = ({ done, total }) => {
    if (total !== undefined) progress.show({ done, total });
  };
  try {
    return await withDecoders((decoders) => open({ folders: defaultFolders(), decoders, onProgress }));
  } finally {
    progress.end();
  }
}

/** Prints what was taken, and which files were left out. */
export function printDataset({ taken, source, count, classes, notes, leftOut }: DatasetSummary): void {
  if (source.kind === 'files') {
    const shares = classes.map((each) => `${each.name}: ${each.count}`).join(', ');
    const of = shares === '' ? '' : ` (${shares})`;
    process.stderr.write(`${forTerminal(`${taken} ${count} pictures${of}.`)}\n`);
  }
  printNotes(notes);
  printLeftOut(leftOut);
}

function printHeldOut({ heldOut, summary }: Dataset): void {
  if (!heldOut) return;
  process.stderr.write(
    `Held out ${heldOut.count} of the ${summary.count} pictures: they are not trained on, so that metrics can tell copies.\n`,
  );
}

function printLeftOut(leftOut: LeftOut[]): void {
  if (leftOut.length === 0) return;
  process.stderr.write(`Left out ${leftOut.length} ${leftOut.length === 1 ? 'file' : 'files'}:\n`);
  printSome(leftOut.map(({ file, reason, detail }) => `${file}: ${reason} (${detail})`));
}

function printNotes(notes: FileNote[]): void {
  if (notes.length === 0) return;
  process.stderr.write('Used, with a note:\n');
  printSome(notes.map(({ file, detail }) => `${file}: ${detail}`));
}

const MOST_LINES = 20;

function printSome(lines: string[]): void {
  for (const line of lines.slice(0, MOST_LINES)) process.stderr.write(`  ${forTerminal(line)}\n`);
  if (lines.length > MOST_LINES) process.stderr.write(`  and ${lines.length - MOST_LINES} more\n`);
}

function printEvent({
  event,
  json,
  progress,
  config: {
    measuring: { best },
  },
}: {
  event: RunEvent;
  json: boolean;
  progress: TrainingProgress;
  config: RunConfig;
}): void {
  if (event.type === 'warning' || event.type === 'step-refused') {
    const { message, remedy } = event.failure;
    const step = event.type === 'step-refused' ? event.refusedStep : event.step;
    process.stderr.write(`Step ${step}: ${forTerminal(`${message} ${remedy}`)}\n`);
  }
  if (event.type === 'health')
    process.stderr.write(`Step ${event.step}: ${healthInWords(event.findings)}.\n`);
  if (event.type === 'measures') process.stderr.write(measuredLine(event, best) ?? '');
  if (event.type === 'best' && event.best.metric === best)
    process.stderr.write(`Step ${event.step}: The best checkpoint is ${bestInWords(event.best)}.\n`);
  if (event.type === 'precision') process.stderr.write(`Step ${event.step}: ${precisionInWords(event)}\n`);
  if (event.type === 'trouble-over')
    process.stderr.write(`Step ${event.step}: The run can be written to the disk again.\n`);
  if (!json) {
    progress.show(event);
    return;
  }
  process.stdout.write(`${JSON.stringify(withoutImages(event))}\n`);
}
