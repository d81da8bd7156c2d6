/** Any checkpoint of a run can be opened, inspected and resumed from; on points, which need no files. */
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { createRunHandlers, listRun, readHistory, Run } from '../runs/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let folder: TestTrainer['folder'];
let trainer: TestTrainer['trainer'];
let close: TestTrainer['close'];

beforeEach(() => {
  ({ folder, trainer, close } = openTestTrainer('checkpoints'));
});

afterEach(() => close());

const config = (changes: Partial<RunConfig> = {}): RunConfig => ({
  ...DEFAULT_RUN_CONFIG,
  name: 'Ring',
  batch: 4,
  steps: 6,
  z: { size: 4, distribution: 'normal' },
  gan: { kind: 'mlp', options: { width: 4 } },
  dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
  samples: { ...DEFAULT_RUN_CONFIG.samples, everySteps: 2 },
  checkpoints: { everySteps: 2, everyMinutes: 5, keep: 5 },
  averaging: 0.9,
  ...changes,
});
const isHeld = (run: string) => fs.existsSync(path.join(run, 'holder.json'));
const look = { from: { seed: 1 }, to: { seed: 2 }, walk: 'linear' as const, positions: [0.5] };

/** A run that has taken its six steps, with checkpoints of steps 2, 4 and 6; returns its folder. */
async function finished(): Promise<string> {
  const run = await trainer.handlers['run.start']({ config: config() });
  while (isHeld(run.folder)) await wait(2);
  return run.folder;
}

test('an earlier checkpoint of a finished run is opened and inspected, and a restart loses nothing of it', async () => {
  const run = await finished();
  const newest = await trainer.handlers['latent.interpolate'](look);
  expect(await trainer.handlers['run.open']({ folder: run, checkpoint: 2 })).toMatchObject({
    step: 2,
    status: 'finished',
  });
  expect(await trainer.handlers['latent.interpolate'](look)).not.toEqual(newest);
  const trace = await trainer.handlers['inspect.trace']({ phase: 'generator', image: 0 });
  expect(trace.step).toBe(2);
  expect(await trainer.handlers['trainer.checkRestart']({})).toBeNull();
  await expect(trainer.handlers['run.open']({ folder: run, checkpoint: 3 })).rejects.toMatchObject({
    code: 'no-checkpoint',
    remedy: 'Choose the newest, or one of the steps 6, 4, 2.',
  });
  expect(await trainer.handlers['run.current']({})).toMatchObject({ step: 2 });
});

test('a run goes on from an earlier checkpoint, twice, and gives what it gave', async () => {
  const run = await finished();
  const { losses } = readHistory(run);
  const whole = Run.open(run).newestCheckpoint().checkpoint;
  for (const checkpoint of [2, 4]) {
    const resumed = await trainer.handlers['run.resume']({ folder: run, checkpoint });
    expect(resumed.step).toBe(checkpoint);
    while (isHeld(run)) await wait(2);
    expect(Run.open(run).newestCheckpoint().checkpoint).toEqual(whole);
    expect(readHistory(run).losses).toEqual(losses);
  }
  expect(fs.readdirSync(path.join(run, 'checkpoints', 'given-up')).sort()).toEqual([
    'step-000000004.png',
    'step-000000004.safetensors',
    'step-000000006.png',
    'step-000000006.safetensors',
  ]);
});

test('going back that is cancelled or refused leaves the run as it was', async () => {
  const run = await finished();
  const [listed, files] = [listRun(run), fs.readdirSync(path.join(run, 'checkpoints'))];
  const cancelled = expect(
    trainer.handlers['run.resume']({ folder: run, checkpoint: 2 }),
  ).rejects.toMatchObject({ code: 'cancelled' });
  await nextTurn();
  await trainer.handlers['run.cancel']({});
  await cancelled;
  await expect(trainer.handlers['run.resume']({ folder: run, checkpoint: 3 })).rejects.toMatchObject({
    code: 'no-checkpoint',
  });
  await expect(
    trainer.handlers['run.resume']({ folder: run, checkpoint: 4, steps: 4 }),
  ).rejects.toMatchObject({ code: 'nothing-left' });
  expect(isHeld(run)).toBe(false);
  expect(listRun(run)).toEqual(listed);
  expect(fs.readdirSync(path.join(run, 'checkpoints'))).toEqual(files);
});

test('the current weights have a sample grid of their own, in training, once ended and opened; none without averaging', async () => {
  await expect(trainer.handlers['run.currentSamples']({})).rejects.toMatchObject({ code: 'no-run' });
  const { folder: run } = await trainer.handlers['run.start']({ config: config({ steps: 100_000 }) });
  await trainer.handlers['run.pause']({});
  const paused = await trainer.handlers['run.currentSamples']({});
  expect(paused?.pixels.length).toBeGreaterThan(0);
  const { step } = await trainer.handlers['run.stop']({});
  expect(await trainer.handlers['run.currentSamples']({})).toEqual(paused);
  await trainer.handlers['run.open']({ folder: run, checkpoint: step });
  expect(await trainer.handlers['run.currentSamples']({})).toEqual(paused);
  await trainer.handlers['run.start']({ config: config({ averaging: 0, name: 'Other' }) });
  expect(await trainer.handlers['run.currentSamples']({})).toBeNull();
});

test('the library lists checkpoints with their scores, and keeps them', async () => {
  const run = await finished();
  const folders = { cache: folder, builtIn: folder, runs: path.dirname(run) };
  const library = createRunHandlers({ folders, decoders: testDecoders });
  const entries = await library['runs.checkpoints']({ folder: run });
  expect(entries.map(({ step }) => step)).toEqual([6, 4, 2]);
  expect(entries.filter(({ isBest }) => isBest).map(({ step }) => step)).toEqual([listRun(run).best!.step]);
  for (const { scores } of entries) expect(scores['distance']!.value).toBeGreaterThan(0);
  const kept = await library['runs.keep']({ folder: run, step: 4, keep: true });
  expect(kept.map(({ isKept }) => isKept)).toEqual([false, true, false]);
  await expect(library['runs.keep']({ folder: run, step: 5, keep: true })).rejects.toMatchObject({
    code: 'no-checkpoint',
  });
  expect(await library['runs.keep']({ folder: run, step: 4, keep: false })).toEqual(entries);
});
