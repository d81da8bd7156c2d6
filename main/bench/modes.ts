/**
 * Counts the modes of a ring and of a grid that a GAN finds, by VEEGAN's rule, beside published figures: the
 * smallest test for mode collapse.
 */
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, withRecommended, type RunConfig } from '../contract/index.ts';
import { openDataset, scaledPoints, type ScaledPoints } from '../datasets/index.ts';
import { drawPoints, generate } from '../explore/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { pointsOf } from '../samples/index.ts';
import { completeConfig, Session } from '../training/index.ts';
import { median } from '../median.ts';
import { MODES_ROWS, type ModesRow } from './modes-rows.ts';
import { named } from './named.ts';

const SAMPLES = 2500;
/** A sample is of high quality within this many standard deviations of a mode. */
const DEVIATIONS = 3;
const SEEDS = [1, 2, 3];
const CHECK_SECONDS = 5;
/** Training ends once all modes are found and more than this share of samples is of high quality. */
const AIM = 0.9;

/**
 * The count of modes with at least one sample of high quality, and the share of samples that are of high
 * quality. Srivastava et al. 2017, VEEGAN, section 4.1.
 */
export type ModeCount = { modes: number; highQuality: number };
type Run = ModeCount & { steps: number; seconds: number };

export type ModesFigure = ModeCount & {
  case: string;
  points: 'ring' | 'grid';
  of: number;
  /** Median steps and seconds of the runs. */
  steps: number;
  seconds: number;
  runs: ModeCount[];
  /** Modes and percent of high quality, with their source. */
  published: string[];
};

/**
 * Trains each row on ring and grid with three seeds, each for at most `minutes`. `only`: names of rows; empty
 * means all.
 */
export async function* benchModes({
  minutes,
  only,
  folders,
  decoders,
}: {
  minutes: number;
  only: string[];
  folders: Folders;
  decoders: Decoders;
}): AsyncGenerator<ModesFigure> {
  for (const row of named({ cases: MODES_ROWS, nameOf: (one) => one.case, names: only, what: 'row' })) {
    for (const points of ['ring', 'grid'] as const) {
      const runs: Run[] = [];
      for (const seed of SEEDS)
        runs.push(
          await trainOn({ config: modesConfig(row, points, seed), folders, decoders, seconds: minutes * 60 }),
        );
      const of = scaledPoints(STUDY_POINTS[points]).centres.length;
      const middle = (what: keyof Run) => Number(median(runs.map((run) => run[what])).toFixed(3));
      yield {
        case: row.case,
        points,
        modes: middle('modes'),
        of,
        highQuality: middle('highQuality'),
        steps: middle('steps'),
        seconds: middle('seconds'),
        runs: runs.map(({ modes, highQuality }) => ({ modes, highQuality })),
        published: PUBLISHED[points],
      };
    }
  }
}

const PUBLISHED = {
  ring: [
    'VEEGAN paper: GAN 1 / 99.3%, Unrolled 7.6 / 35.6%, VEEGAN 8 / 52.9%',
    'PacGAN paper: GAN 6.3 / 98.2%, PacGAN2 7.9 / 95.6%',
  ],
  grid: [
    'VEEGAN paper: GAN 3.3 / 0.5%, VEEGAN 24.6 / 40%',
    'PacGAN paper: GAN 17.3 / 94.8%, PacGAN4 24.8 / 93.6%',
  ],
};

/** The settings of a row. */
export function modesConfig({ settings }: ModesRow, points: 'ring' | 'grid', seed: number): RunConfig {
  const { options } = DEFAULT_RUN_CONFIG.dataset;
  return completeConfig({
    ...withRecommended(DEFAULT_RUN_CONFIG, settings),
    seed,
    dataset: { source: { kind: 'points', points: STUDY_POINTS[points] }, options, leftOut: [] },
  });
}

async function trainOn({
  config,
  folders,
  decoders,
  seconds,
}: {
  config: RunConfig;
  folders: Folders;
  decoders: Decoders;
  seconds: number;
}): Promise<Run> {
  const { source } = config.dataset;
  if (source.kind !== 'points') throw new Error('Modes are counted on points.');
  const target = scaledPoints(source.points);
  const dataset = await openDataset({ ...config.dataset, folders, decoders });
  const session = new Session(config);
  const stream = dataset.stream({ batch: config.batch, seed: config.seed, from: 0 });
  const z = drawPoints(session.model.latent, { seed: config.seed, stream: 'latent', step: 0 }, SAMPLES);
  const start = performance.now();
  const passed = () => (performance.now() - start) / 1000;
  const hasMore = () => passed() < seconds && session.step < config.steps;
  let count: ModeCount;
  do {
    const check = passed() + CHECK_SECONDS;
    while (hasMore() && passed() < check) session.takeStep(await stream.take(session.step));
    count = modesOf(generate(session.model, z), target);
  } while (hasMore() && (count.modes < target.centres.length || count.highQuality <= AIM));
  const run = { ...count, steps: session.step, seconds: Math.round(passed()) };
  stream.close();
  session.dispose();
  dataset.close();
  return run;
}

/** Counts modes by samples, [count, 2] flattened, in the coordinates of the scaled points. */
export function modesOf(
  samples: Float32Array,
  { centres, deviation }: Pick<ScaledPoints, 'centres' | 'deviation'>,
): ModeCount {
  const found = new Set<number>();
  let good = 0;
  for (const sample of pointsOf(samples)) {
    const distances = centres.map(([x, y]) => Math.hypot(sample.x - x, sample.y - y));
    const nearest = Math.min(...distances);
    if (nearest > DEVIATIONS * deviation) continue;
    good += 1;
    found.add(distances.indexOf(nearest));
  }
  return { modes: found.size, highQuality: good / (samples.length / 2) };
}
