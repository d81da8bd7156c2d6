/** What a run measures between its steps, with a network of random features. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StudioError, type RunConfig, type RunEvent } from '../contract/index.ts';
import { noiseDataset } from '../datasets/index.ts';
import { featuresOf, type FeatureNetwork } from '../metrics/index.ts';
import { Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { Session } from './session.ts';
import { train } from './train.ts';
import { SMALL_RUN } from './test-run.ts';

const config: RunConfig = {
  ...SMALL_RUN,
  steps: 60,
  samples: { count: 4, everySteps: 1000 },
  checkpoints: { everySteps: 3, everyMinutes: 5, keep: 1 },
  measuring: { share: 50, best: 'kid' },
};
const dataset = noiseDataset({ size: 28, channels: 1, count: 40 });
const random: FeatureNetwork = { featuresOf, dispose: () => undefined };

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-background-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

type RunOptions = {
  name?: string;
  /** Resumes this run. */
  before?: Run;
  share?: number;
  steps?: number;
  network?: () => FeatureNetwork | undefined;
  onEvent?: (event: RunEvent, given: { run: Run; stop: AbortController }) => void;
};

/** Trains a run and collects its events. */
async function collect({
  name = 'run',
  before,
  // More time than there is: every checkpoint is measured, however quick the run.
  share = 50,
  steps = config.steps,
  network = () => random,
  onEvent,
}: RunOptions = {}) {
  const place = path.join(folder, name);
  const settings = { ...config, steps, measuring: { ...config.measuring, share } };
  const run = before ?? Run.create(place, settings);
  const isNew = run.checkpointSteps().length === 0;
  const session = new Session(run.config, isNew ? undefined : run.newestCheckpoint().checkpoint);
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const step of train({ session, dataset, run, network, signal: stop.signal }))
    for (const event of step) {
      events.push(event);
      onEvent?.(event, { run, stop });
    }
  session.dispose();
  return { events, run };
}

const background = (events: RunEvent[]) =>
  events.flatMap((event) => (event.type === 'measures' && event.of !== undefined ? [event] : []));
const ofType = <Type extends RunEvent['type']>(events: RunEvent[], type: Type) =>
  events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);

test('checkpoints are measured between steps, the last one to the end, and the best one is kept', async () => {
  const kept: boolean[] = [];
  const { events, run } = await collect({
    onEvent: (event, { run: { folder: place } }) => {
      if (event.type !== 'measures' || event.of === undefined) return;
      const name = `step-${String(event.of).padStart(9, '0')}.safetensors`;
      kept.push(fs.existsSync(path.join(place, 'checkpoints', name)));
    },
  });
  const measured = background(events);
  expect(measured.length).toBeGreaterThan(1);
  expect(measured.at(-1)).toMatchObject({ step: 60, of: 60 });
  expect(kept).not.toContain(false);
  for (const { of, step, values, errors } of measured) {
    expect(Object.keys(values)).toEqual([
      'kid',
      'precision',
      'recall',
      'density',
      'coverage',
      'variety',
      'copies',
    ]);
    expect(errors!['kid']).toBeGreaterThan(0);
    expect(of! % 3).toBe(0);
    expect(of).toBeLessThanOrEqual(step);
  }
  const steps = measured.map(({ of }) => of!);
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  expect(run.best()).toMatchObject({ metric: 'kid' });
  expect(ofType(events, 'best').at(-1)!.best.step).toBe(run.best()!.step);
  expect(run.checkpoint('best').step).toBe(run.best()!.step);
  expect(events.at(-1)).toMatchObject({ type: 'run-state', status: 'finished' });
});

test('yardsticks are reported once, after the first measurement, and not again by a resumed run', async () => {
  const first = await collect({
    steps: 100_000,
    onEvent: (event, { stop }) => {
      if (event.type === 'yardsticks') stop.abort();
    },
  });
  const yardsticks = ofType(first.events, 'yardsticks');
  expect(yardsticks).toHaveLength(1);
  expect(Object.keys(yardsticks[0]!.scores).sort()).toEqual(['heldOut', 'noise', 'untrained']);
  const before = first.events.slice(
    0,
    first.events.findIndex(({ type }) => type === 'yardsticks'),
  );
  expect(background(before)).toHaveLength(1);
  let measured = 0;
  const rest = await collect({
    before: first.run,
    onEvent: (event, { stop }) => {
      measured += background([event]).length;
      if (measured > 1) stop.abort();
    },
  });
  expect(background(rest.events)).toHaveLength(2);
  expect(ofType(rest.events, 'yardsticks')).toEqual([]);
});

test('training does not depend on how much is measured', async () => {
  const much = await collect({ name: 'much' });
  const nothing = await collect({ name: 'nothing', share: 0 });
  expect(background(nothing.events)).toEqual([]);
  expect(nothing.run.best()).toMatchObject({ metric: 'distance' });
  const weightsOf = ({ run }: { run: Run }) => run.newestCheckpoint().checkpoint.tensors;
  expect(weightsOf(much)).toEqual(weightsOf(nothing));
  expect(ofType(much.events, 'losses')).toEqual(ofType(nothing.events, 'losses'));
});

test('a run that is stopped measures no more, and what it held of the measurement is freed', async () => {
  const before = tf.memory().numTensors;
  const { events } = await collect({
    onEvent: (event, { stop }) => {
      if (event.type === 'losses' && event.step === 4) stop.abort();
    },
  });
  expect(events.at(-1)).toMatchObject({ status: 'stopped', step: 4 });
  expect(background(events).filter(({ of }) => of === 4)).toEqual([]);
  expect(tf.memory().numTensors).toBe(before);
});

test('stopping while the last checkpoint is measured ends the run as finished', async () => {
  const { events } = await collect({
    onEvent: (event, { stop }) => {
      if (event.type === 'checkpoint-saved' && event.step === 60) stop.abort();
    },
  });
  expect(background(events).filter(({ of }) => of === 60)).toEqual([]);
  expect(events.at(-1)).toMatchObject({ status: 'finished', step: 60 });
});

test('where two are close, both are measured again and the means decide', async () => {
  const closest = { metric: 'kid', value: -1e6, error: 2e6 };
  let step = 0;
  const { events, run } = await collect({
    onEvent: (event, { run: trained }) => {
      if (event.type !== 'best' || event.best.metric !== 'kid' || step > 0) return;
      ({ step } = event.best);
      trained.setBest({ step, ...closest });
    },
  });
  const best = run.best()!;
  expect(best.step).toBe(step);
  expect(ofType(events, 'best').at(-1)!.best.step).toBe(step);
  const other = 2 * best.value - closest.value;
  const kid = background(events)[0]!.values['kid']!;
  expect(other / kid).toBeGreaterThan(0.5);
  expect(other / kid).toBeLessThan(2);
  expect(other).not.toBe(kid);
  expect(best.error).toBeCloseTo(1e6, -3);
});

test('a network that cannot be read is reported once, and the distance chooses the best checkpoint', async () => {
  const { events, run } = await collect({
    network: () => {
      throw new StudioError({ code: 'unexpected', message: 'Damaged.', remedy: 'Install it again' });
    },
  });
  expect(ofType(events, 'warning').map(({ failure }) => failure.message)).toEqual([
    'Damaged. Training goes on without metrics on a trained network.',
  ]);
  expect(run.best()).toMatchObject({ metric: 'distance' });
  expect(events.at(-1)).toMatchObject({ status: 'finished', step: 60 });
});
