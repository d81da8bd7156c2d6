/** A run that a benchmark trains in a folder of its own, and throws away. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunConfig, RunEvent } from '../contract/index.ts';
import { openDataset, openPictures, type Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { RunInTraining, withClasses, type Session } from '../training/index.ts';

export type Opened = { folders: Folders; decoders: Decoders };

export type ShortRun = {
  config: RunConfig;
  /** It trains on the first so many pictures; all unless said. */
  pictures?: number | undefined;
  /** It ends by then; at its last step unless said. */
  seconds?: number | undefined;
  /** Hears what happens. */
  take: (event: RunEvent) => void;
};

/** Trains it until it ends, a failure that it tells among its events included, and answers what `use` makes of it then. */
export async function shortRun<Result>(
  { config, pictures, seconds, take }: ShortRun,
  opened: Opened,
  use: (trained: { session: Session; config: RunConfig }) => Result | Promise<Result>,
): Promise<Result> {
  const dataset = await openSome(config, pictures, opened);
  const complete = withClasses(config, dataset);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-bench-'));
  const training = RunInTraining.beginNew({
    folder: path.join(folder, 'run'),
    config: complete,
    dataset,
    program: 'the benchmark',
    features: opened.folders.features,
  });
  const stop = new AbortController();
  const end = performance.now() + 1000 * (seconds ?? Infinity);
  let hasFailed = false;
  try {
    for await (const events of training.steps(stop.signal))
      for (const event of events) {
        take(event);
        hasFailed ||= event.type === 'run-state' && event.status === 'failed';
        if (performance.now() > end) stop.abort();
      }
  } catch (error) {
    if (!hasFailed) throw error;
  }
  try {
    const { session, run } = training;
    return await use({ session, config: run.config });
  } finally {
    training.session.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The data set, or the first so many of its pictures. */
export async function openSome(
  { dataset: choice }: RunConfig,
  pictures: number | undefined,
  opened: Opened,
): Promise<Dataset> {
  const { source } = choice;
  if (pictures === undefined || source.kind === 'points') return openDataset({ ...choice, ...opened });
  const dataset = await openPictures({ ...choice, ...opened, source });
  const others = dataset.preview(0, dataset.count).pictures.slice(pictures);
  return dataset.withLeftOut(others.map(({ file }) => file));
}
