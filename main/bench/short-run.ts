/** Trains a run for a benchmark, in a temporary folder. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunConfig, RunEvent } from '../contract/index.ts';
import { openDataset, openPictures, type Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { RunInTraining, withClasses, type Session } from '../training/index.ts';

export type Resources = { folders: Folders; decoders: Decoders };

export type ShortRun = {
  config: RunConfig;
  /** The run trains on this many pictures, the first ones; by default all. */
  pictures?: number | undefined;
  /** Training ends after this time; by default with its last step. */
  seconds?: number | undefined;
  /** Called with every event. */
  take: (event: RunEvent) => void;
};

/** Trains the run until it ends, or fails with an event, and returns the result of `use`. */
export async function shortRun<Result>(
  { config, pictures, seconds, take }: ShortRun,
  resources: Resources,
  use: (trained: { session: Session; config: RunConfig }) => Result | Promise<Result>,
): Promise<Result> {
  const dataset = await openSome(config, pictures, resources);
  const complete = withClasses(config, dataset);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-bench-'));
  const training = RunInTraining.beginNew({
    folder: path.join(folder, 'run'),
    config: complete,
    dataset,
    program: 'the benchmark',
    features: resources.folders.features,
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

/** The data set, or its first `pictures` pictures. */
export async function openSome(
  { dataset: choice }: RunConfig,
  pictures: number | undefined,
  resources: Resources,
): Promise<Dataset> {
  const { source } = choice;
  if (pictures === undefined || source.kind === 'points') return openDataset({ ...choice, ...resources });
  const dataset = await openPictures({ ...choice, ...resources, source });
  const others = dataset.preview(0, dataset.count).pictures.slice(pictures);
  return dataset.withLeftOut(others.map(({ file }) => file));
}
