/**
 * Estimates how long a run would take on this machine: a session of its settings takes steps on random images
 * for a second or two.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError, type RunConfig } from '../contract/index.ts';
import { fixedKey, samplePictures } from '../explore/index.ts';
import { randomUniform } from '../random.ts';
import { encodeCheckpoint } from '../runs/index.ts';
import { remainingWork, kindOfStep } from './remaining-work.ts';
import { stepsInARound } from './due.ts';
import { QuickMeasuring } from './measuring.ts';
import { imageShapeOf } from './rules.ts';
import { Session } from './session.ts';
import { Speedometer } from './speedometer.ts';

/**
 * Steps are taken for SECONDS, and on until each kind was taken FEWEST_OF_A_KIND times, but for MOST_SECONDS
 * at most.
 */
const SECONDS = 1.5;
const MOST_SECONDS = 15;
const FEWEST_OF_A_KIND = 3;
/** The length of the run that is measured, which makes no difference to a step. */
const STEPS = 10_000;
/** How many grids and checkpoints are made: the first take longer than those that follow. */
const TIMES_BESIDE = 2;
/** As many pictures as a quick measurement uses. */
const PICTURES = 128;

export type Estimate = {
  /** Seconds before the first step: to compile the steps, and to make the first samples. */
  secondsToBegin: number;
  /** Seconds per step, with its share of sample grids and checkpoints, in a run with these settings. */
  secondsPerStep(config: Pick<RunConfig, 'steps' | 'samples' | 'checkpoints'>): number;
};

/**
 * Measures how long a run takes, without writing to the disk and reading the data; other work is done between
 * the steps. `asked` is complete, with the classes of its data set. Throws StudioError `cancelled` once the
 * signal is given, `not-measured` where too few steps give numbers.
 */
export async function estimateRun(asked: RunConfig, signal: AbortSignal): Promise<Estimate> {
  const config = { ...asked, steps: STEPS };
  await betweenSteps(signal);
  const start = performance.now();
  const session = new Session(config);
  const compiled = performance.now() - start;
  try {
    const speedometer = new Speedometer({ batch: config.batch });
    const data = randomData(config);
    const sampled = await measureBeside({ session, speedometer, data, signal });
    await measureSteps({ session, speedometer, data, signal });
    const { rules } = session;
    return {
      secondsToBegin: (compiled + sampled) / 1000,
      secondsPerStep(given) {
        const ahead = remainingWork({ config: { ...config, ...given }, rules, step: 0 });
        const seconds = speedometer.secondsLeft(ahead);
        if (seconds === undefined) throw notMeasured();
        return seconds / given.steps;
      },
    };
  } finally {
    session.dispose();
  }
}

type TimedRun = {
  session: Session;
  speedometer: Speedometer;
  data: ReturnType<typeof randomData>;
  signal: AbortSignal;
};

/** Measures sample grids and checkpoints; returns the milliseconds that the first grid took. */
async function measureBeside({ session, speedometer, data, signal }: TimedRun): Promise<number> {
  const { config } = session;
  const measuring = new QuickMeasuring(data.dataset);
  measuring.judged = data.batch;
  const key = fixedKey(config);
  const first = performance.now();
  let sampled = 0;
  for (let time = 0; time < TIMES_BESIDE; time++) {
    speedometer.apart('samples', () =>
      samplePictures({
        model: session.model,
        config,
        key,
        count: config.samples.count,
        pictures: data.images,
      }),
    );
    sampled ||= performance.now() - first;
    await betweenSteps(signal);
    speedometer.apart('checkpoint', () => {
      measuring.of(session);
      encodeCheckpoint(session.checkpoint());
    });
    await betweenSteps(signal);
  }
  speedometer.lost();
  return sampled;
}

async function measureSteps({ session, speedometer, data, signal }: TimedRun): Promise<void> {
  const { rules } = session;
  const missing = new Map(kindsOf(session).map((kind) => [kind, FEWEST_OF_A_KIND + 1]));
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const isEnough = () => [...missing.values()].every((left) => left <= 0);
  // The first step of each kind is not counted. However long they take, an estimate needs this many steps.
  const fewest = missing.size + FEWEST_OF_A_KIND;
  let taken = 0;
  while (taken < fewest || (seconds() < MOST_SECONDS && (seconds() < SECONDS || !isEnough()))) {
    const kind = kindOfStep(rules, session.step);
    if (takesStep(session, data.batch)) {
      speedometer.lap(kind);
      taken++;
      missing.set(kind, (missing.get(kind) ?? 0) - 1);
    } else {
      speedometer.lost();
      if (seconds() >= MOST_SECONDS) throw notMeasured();
    }
    const asked = performance.now();
    await betweenSteps(signal);
    speedometer.leaveOut(performance.now() - asked);
  }
}

function notMeasured(): StudioError {
  return new StudioError({
    code: 'not-measured',
    message: 'How long a step takes could not be measured.',
    remedy: 'Choose the length in steps.',
  });
}

/** The kinds of steps that the run takes, each once. */
function kindsOf({ rules }: Session): string[] {
  const all = stepsInARound(rules);
  return [...new Set(Array.from({ length: all }, (_, step) => kindOfStep(rules, step)))];
}

/**
 * Takes a step; false if random images made it NaN or infinite, and the session has gone back to its start.
 */
export function takesStep(session: Session, batch: ReturnType<typeof randomData>['batch']): boolean {
  try {
    session.takeStep(batch);
    return true;
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'not-finite') throw error;
    session.goBack(undefined);
    return false;
  }
}

/** Random images of the run's shape, and classes. */
export function randomData(config: RunConfig) {
  const { size, channels } = imageShapeOf(config);
  const images = (count: number) =>
    randomUniform(
      { seed: 0, stream: 'order', step: 0 },
      count * size * size * channels,
    ) as Float32Array<ArrayBuffer>;
  const { batch: count, classes } = config;
  return {
    images,
    batch: {
      images: images(count),
      ...(classes.length > 0 && {
        classes: Uint16Array.from({ length: count }, (_, at) => at % classes.length),
      }),
    },
    dataset: {
      size,
      channels: channels as 1 | 2 | 3,
      count: PICTURES,
      batch: ({ batch }: { batch: number }) => images(batch),
    },
  };
}

/** Lets other work be done; throws StudioError `cancelled` once the signal is given. */
export async function betweenSteps(signal: AbortSignal): Promise<void> {
  await nextTurn();
  if (signal.aborted) throw cancelledEstimate();
}

export function cancelledEstimate(): StudioError {
  return new StudioError({
    code: 'cancelled',
    message: 'The estimate was cancelled.',
    remedy: 'Ask for it again.',
  });
}
