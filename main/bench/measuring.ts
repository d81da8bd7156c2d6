/**
 * Measures the share of a run's time that metrics on a trained network take, and how long one piece of them
 * pauses it.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { openEfficientNet } from '../metrics/index.ts';
import { allPieces } from '../pieces.ts';
import { Recipe } from '../recipe/index.ts';
import { createRun } from '../runs/index.ts';
import { RunInTraining, Session, withClasses } from '../training/index.ts';
import { named } from './named.ts';
import { rounded } from './time-left.ts';

const { options } = DEFAULT_RUN_CONFIG.dataset;
const CASES: readonly { case: string; config: RunConfig }[] = [
  { case: 'digits', config: DEFAULT_RUN_CONFIG },
  {
    case: 'emoji64',
    config: {
      ...DEFAULT_RUN_CONFIG,
      dataset: {
        source: { kind: 'built-in', name: 'emoji' },
        options: { ...options, size: 64, colour: 'rgb', background: '#ffffff' },
        leftOut: [],
      },
    },
  },
];

/**
 * Trains each case, or those named in `only`, for `minutes`, then measures its generator twice, piece by
 * piece.
 */
export async function* benchMeasuring({
  only,
  minutes,
  ...opened
}: {
  only: string[];
  minutes: number;
  folders: Folders;
  decoders: Decoders;
}): AsyncGenerator<object> {
  for (const { case: name, config } of named({
    cases: CASES,
    nameOf: (each) => each.case,
    names: only,
    what: 'case',
  })) {
    const dataset = await openDataset({ ...config.dataset, ...opened });
    const complete = withClasses({ ...config, steps: 1_000_000 }, dataset);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-bench-'));
    const training = RunInTraining.begin({
      open: () => createRun(path.join(folder, 'run'), complete, dataset),
      make: () => ({ session: new Session(complete), trainedSeconds: 0, damaged: [] }),
      dataset,
      program: 'the benchmark',
      features: opened.folders.features,
    });
    try {
      const trained = await trainedFor(training, minutes);
      const again = await openDataset({ ...config.dataset, ...opened });
      yield { case: name, ...trained, ...piecesOf(training.session, again, opened.folders.features) };
      again.close();
    } finally {
      training.session.dispose();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function trainedFor(training: RunInTraining, minutes: number): Promise<object> {
  const end = performance.now() + minutes * 60_000;
  const stop = new AbortController();
  let measurements = 0;
  let seconds = 0;
  for await (const events of training.steps(stop.signal)) {
    for (const event of events) {
      if (event.type === 'measures' && event.of !== undefined) measurements += 1;
      if (event.type === 'run-state') seconds = event.trainedSeconds ?? seconds;
    }
    if (performance.now() >= end) stop.abort();
  }
  return {
    steps: training.session.step,
    seconds: rounded(seconds),
    measurements,
    measuringShare: rounded(training.measuringSeconds / seconds),
  };
}

/**
 * Milliseconds of the first measurement, which includes features of the data, of the next, and of the longest
 * piece.
 */
function piecesOf(session: Session, dataset: Dataset, features: string | undefined): object {
  const network = openEfficientNet(features);
  const recipe = new Recipe({ config: session.config, dataset, network });
  const measured = () => {
    let longest = 0;
    const start = performance.now();
    let last = start;
    allPieces(measureOnce(recipe, session), () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    });
    return { milliseconds: Math.round(performance.now() - start), longest: Math.round(longest) };
  };
  const [first, second] = [measured(), measured()];
  network?.dispose();
  return {
    firstMs: first.milliseconds,
    nextMs: second.milliseconds,
    longestPieceMs: Math.max(first.longest, second.longest),
  };
}

function* measureOnce(recipe: Recipe, { model }: Session): Generator<number, object> {
  return yield* recipe.scoresOf(yield* recipe.samplesOf(model));
}
