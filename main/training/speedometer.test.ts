/** The time left that a run reports, by a clock that the test sets. */
import { expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { remainingWork, kindOfStep } from './remaining-work.ts';
import { Speedometer } from './speedometer.ts';

type DrivenRun = {
  steps?: number;
  /** D is due in every step, G in every step of this number. */
  turns?: number;
  /** The first step in which G is due. */
  firstTurn?: number;
  /** Where the session begins. */
  from?: number;
  /** Milliseconds of step `at`, from 0; `first`: whether it is the first of its kind in this session. */
  step?: (at: number, first: boolean) => number;
  samples?: { everySteps: number; milliseconds: number };
  checkpoint?: { everySteps: number; milliseconds: number };
  /** Milliseconds of a pause after this step. */
  pause?: (at: number) => number;
};

type Estimate = { step: number; secondsLeft: number | undefined; truth: number; imagesPerSecond: number };

const NEVER = { everySteps: 1_000_000, milliseconds: 0 };

/** Takes the steps of a run and returns the estimate after each, beside the truth. */
function drive({
  steps = 2000,
  turns = 1,
  firstTurn = 0,
  from = 0,
  step = () => 100,
  samples = NEVER,
  checkpoint = NEVER,
  pause = () => 0,
}: DrivenRun): Estimate[] {
  let now = 5000;
  let paused = 0;
  const speedometer = new Speedometer({ batch: 10, clock: () => now });
  const moves = (name: string, everySteps: number, firstStep = 0) => ({
    name,
    moves: [name],
    roles: [],
    everySteps,
    firstStep,
    minimises: () => {
      throw new Error('Nobody asks.');
    },
  });
  const rules = { phases: [moves('discriminator', 1), moves('generator', turns, firstTurn)] };
  const config: RunConfig = {
    ...DEFAULT_RUN_CONFIG,
    steps,
    samples: { count: 4, everySteps: samples.everySteps },
    checkpoints: { everySteps: checkpoint.everySteps, everyMinutes: 1440, keep: 1 },
  };
  const seen = new Set<string>();
  const estimates: (Omit<Estimate, 'truth'> & { at: number })[] = [];
  for (let at = from; at < steps; at++) {
    const kind = kindOfStep(rules, at);
    now += step(at, !seen.has(kind));
    seen.add(kind);
    speedometer.lap(kind);
    const done = at + 1;
    if (done % samples.everySteps === 0)
      speedometer.apart('samples', () => void (now += samples.milliseconds));
    if (done % checkpoint.everySteps === 0)
      speedometer.apart('checkpoint', () => void (now += checkpoint.milliseconds));
    estimates.push({
      step: done,
      secondsLeft: speedometer.secondsLeft(remainingWork({ config, rules, step: done })),
      imagesPerSecond: speedometer.imagesPerSecond,
      at: now - paused,
    });
    now += pause(at);
    paused += pause(at);
    if (pause(at) > 0) speedometer.leaveOut(pause(at));
  }
  const end = now - paused;
  return estimates.map(({ at, ...each }) => ({ ...each, truth: (end - at) / 1000 }));
}

/**
 * The furthest that the estimate is from the truth, as a share of it; the last steps are too few to judge.
 */
function worst(estimates: Estimate[], from: number): number {
  const ratios = estimates
    .filter(({ step, truth }) => step >= from && truth > 2)
    .map(({ secondsLeft: left = Infinity, truth }) => left / truth);
  expect(ratios.length).toBeGreaterThan(100);
  return Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)));
}

/** Evenly spread over 70 % to 130 %, the same every time. */
const noisy = (milliseconds: number) => (at: number) =>
  milliseconds * (0.7 + 0.6 * ((at * 0.618_033_988_75) % 1));
const samples = { everySteps: 50, milliseconds: 1000 };
const checkpoint = { everySteps: 500, milliseconds: 3000 };
const compiling = (milliseconds: number) => (_: number, first: boolean) =>
  first ? 100 * milliseconds : milliseconds;
const turnOf = (at: number) => (at % 5 === 0 ? 300 : 100);

test.each<[string, DrivenRun, number]>([
  ['constant steps', {}, 0.01],
  ['a slow first step', { step: compiling(100) }, 0.01],
  ['a slow first step after a resume', { step: compiling(100), from: 700 }, 0.01],
  ['turns of D to one of G', { turns: 5, step: turnOf }, 0.05],
  [
    'turns of D to one of G, each compiled at its first',
    { turns: 5, step: (at, first) => turnOf(at) * (first ? 100 : 1) },
    0.05,
  ],
  ['a phase that compiles at step 100', { turns: 5, firstTurn: 100, step: compiling(100) }, 0.1],
  ['sample grids', { samples }, 0.2],
  ['checkpoints', { checkpoint }, 0.1],
  ['noise', { step: noisy(100) }, 0.1],
  ['steps of a millisecond', { steps: 5000, step: noisy(1) }, 0.1],
  [
    'all of it',
    {
      turns: 5,
      step: (at, first) => noisy(turnOf(at))(at) * (first ? 100 : 1),
      samples,
      checkpoint,
      pause: (at) => (at % 300 === 299 ? 3_600_000 : 0),
    },
    0.25,
  ],
])('%s: near the truth from step 20 on', (_, given, within) => {
  expect(worst(drive(given), (given.from ?? 0) + 20)).toBeLessThan(within);
});

test.each([
  ['twice as slow', 2],
  ['twice as fast', 0.5],
  ['half as slow again', 1.5],
  ['five times as slow', 5],
])('a machine that becomes %s is followed within some tens of steps', (_, factor) => {
  const step = (at: number) => noisy(turnOf(at) * (at < 1000 ? 1 : factor))(at);
  expect(worst(drive({ step, turns: 5 }), 1030)).toBeLessThan(0.3);
});

test('a machine that is busy now and then does not make the estimate follow each time', () => {
  const estimates = drive({ step: (at) => noisy(at % 60 < 20 ? 160 : 100)(at) });
  const long = estimates.filter(({ step }) => step < 1700);
  expect(worst(long, 100)).toBeLessThan(0.15);
});

test('what is done every so often moves the estimate once, when it is first known, and never again', () => {
  const estimates = drive({ samples, checkpoint, turns: 5, step: turnOf });
  const jumps = estimates.flatMap(({ step, secondsLeft: left = 0 }, index) => {
    const before = estimates[index - 1];
    if (before?.secondsLeft === undefined || step < 20 || left < 2) return [];
    const passed = before.truth - (estimates[index]?.truth ?? 0);
    return Math.abs(left + passed - before.secondsLeft) > 0.05 * left ? [step] : [];
  });
  expect(jumps).toEqual([50]);
});

test('there is no estimate before the speed is known', () => {
  const estimates = drive({ step: compiling(100), steps: 50 });
  expect(estimates.slice(0, 5).map(({ secondsLeft: left }) => left !== undefined)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});

test('a step that was refused costs time, and says nothing of the speed', () => {
  let now = 0;
  const speedometer = new Speedometer({ batch: 10, clock: () => now });
  const take = () => {
    now += 100;
    speedometer.lap();
  };
  for (let step = 0; step < 30; step++) take();
  now += 10_000;
  speedometer.lost();
  take();
  expect(speedometer.secondsLeft({ steps: { step: 10 }, beside: {} })).toBeCloseTo(1);
  expect(speedometer.seconds).toBeCloseTo(13.1);
});

test('checkpoints that come by the minute count as often as they will', () => {
  let now = 0;
  const speedometer = new Speedometer({ batch: 10, clock: () => now });
  for (let step = 0; step < 30; step++) {
    now += 1000;
    speedometer.lap();
  }
  speedometer.apart('checkpoint', () => void (now += 30_000));
  const left = (everySeconds: number) =>
    speedometer.secondsLeft({ steps: { step: 600 }, beside: { checkpoint: { times: 1, everySeconds } } });
  expect([left(86_400), left(60)]).toEqual([630, 900]);
});

test('images per second are those of the last steps, whatever is done beside them', () => {
  const estimates = drive({ step: compiling(100), samples, pause: (at) => (at === 60 ? 60_000 : 0) });
  expect(estimates[0]?.imagesPerSecond).toBeCloseTo(1);
  for (const { imagesPerSecond } of estimates.slice(1)) expect(imagesPerSecond).toBeCloseTo(100);
});
