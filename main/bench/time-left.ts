/** Compares the time left that runs estimate with the time that they then take, for three short runs. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  DEFAULT_RUN_CONFIG,
  PLAIN_TURNS,
  STUDY_POINTS,
  withRecommended,
  type RunConfig,
} from '../contract/index.ts';
import { openDataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { ganOf } from '../gans/index.ts';
import { withClasses, RunInTraining } from '../training/index.ts';
import { named } from './named.ts';

/** The estimates to compare: the first at or after each of these steps. */
const STEPS = [20, 50, 100, 200];

type Case = { name: string; config: RunConfig };

/** Short runs whose steps repeat in different cycles. */
export const SHORT_RUNS: readonly Case[] = [
  { name: 'digits', config: { ...DEFAULT_RUN_CONFIG, steps: 300 } },
  {
    name: 'points',
    config: {
      ...withRecommended(DEFAULT_RUN_CONFIG, ganOf('mlp').recommends),
      gan: { kind: 'mlp', options: { width: 128, depth: 2 } },
      dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
      steps: 3000,
    },
  },
  {
    name: 'wgan-gp-turns-of-5',
    config: {
      ...withRecommended(DEFAULT_RUN_CONFIG, ganOf('wgan-gp').recommends),
      gan: { kind: 'wgan-gp', options: { width: 8 } },
      batch: 16,
      turns: { ...PLAIN_TURNS, kind: 'several', discriminator: 5 },
      steps: 300,
    },
  },
];

export type TimeLeftFigure = {
  case: string;
  step: number;
  estimatedSeconds: number;
  trueSeconds: number;
  ratio: number;
};

/**
 * Trains each case to its end. `only`: names of cases; empty means all. Throws StudioError `invalid-input`
 * for an unknown name.
 */
export async function* benchTimeLeft({
  only,
  ...given
}: {
  only: string[];
  folders: Folders;
  decoders: Decoders;
}): AsyncGenerator<TimeLeftFigure> {
  for (const one of named({ cases: SHORT_RUNS, nameOf: ({ name }) => name, names: only, what: 'case' })) {
    const { estimates, end } = await trainedForTiming(one.config, given);
    for (const { step, secondsLeft, at } of STEPS.flatMap(
      (step) => estimates.find((each) => each.step >= step) ?? [],
    ))
      yield {
        case: one.name,
        step,
        estimatedSeconds: rounded(secondsLeft),
        trueSeconds: rounded((end - at) / 1000),
        ratio: rounded((secondsLeft * 1000) / (end - at)),
      };
  }
}

type Estimate = { step: number; secondsLeft: number; at: number };

/** The estimates of the time left, and when the run started, with its data already open, and ended. */
export async function trainedForTiming(
  config: RunConfig,
  given: { folders: Folders; decoders: Decoders },
): Promise<{ estimates: Estimate[]; start: number; end: number }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-bench-'));
  const dataset = await openDataset({ ...config.dataset, ...given });
  const complete = withClasses(config, dataset);
  const start = performance.now();
  const training = RunInTraining.beginNew({
    folder: path.join(folder, 'run'),
    config: complete,
    dataset,
    program: 'the benchmark',
  });
  const estimates: Estimate[] = [];
  try {
    for await (const events of training.steps(new AbortController().signal))
      for (const event of events)
        if (event.type === 'progress' && event.secondsLeft !== undefined)
          estimates.push({ step: event.step, secondsLeft: event.secondsLeft, at: performance.now() });
    return { estimates, start, end: performance.now() };
  } finally {
    training.session.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

export const rounded = (value: number): number => Number(value.toPrecision(3));
