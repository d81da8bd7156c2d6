/**
 * Going back to an earlier checkpoint: what lies beyond it moves away, and the run opens whenever that is
 * interrupted.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type RunConfig } from '../contract/index.ts';
import type { Checkpoint } from './checkpoint-file.ts';
import { listRuns, readHistory, Run } from './index.ts';
import { TestDisk } from './test-disk.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-given-up-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const config: RunConfig = { ...DEFAULT_RUN_CONFIG, checkpoints: { everySteps: 1, everyMinutes: 5, keep: 4 } };
const checkpoint = (step: number, value = step): Checkpoint => ({
  step,
  tensors: { 'weights/generator/a/kernel': { shape: [1], values: Float32Array.of(value) } },
  learningRateFactor: 1,
  refusals: 0,
  configHash: 'a',
});
const images = (shade: number) => ({
  count: 16,
  size: 4,
  channels: 1,
  pixels: new Uint8Array(16 * 16).fill(shade),
});
const best = (step: number) => ({ step, metric: 'kid', value: 0.02 });

/** A run with checkpoints and sheets of steps 1 to 4; step 3 is the best, 1 and 4 are kept. */
function fill(run: Run): Run {
  [1, 2, 3, 4].forEach((step) => {
    run.log({ type: 'losses', step, losses: { generator: step } });
    run.log({ type: 'samples', step, file: Run.samplesFile(step) });
    run.log({ type: 'measures', step, values: { distance: 1 / step } });
    run.saveSamples(step, images(step) as Parameters<Run['saveSamples']>[1]);
    run.saveCheckpoint(checkpoint(step));
  });
  run.setBest(best(3));
  [1, 4].forEach((step) => run.keepCheckpoint(step, true));
  return run;
}

const inFolder = (...names: string[]) => fs.readdirSync(path.join(folder, 'run', ...names)).sort();
const given = (...steps: number[]) =>
  steps.flatMap((step) => [`step-00000000${step}.png`, `step-00000000${step}.safetensors`]);

test('later checkpoints and sheets move, and no later one is the best or kept', () => {
  const run = fill(Run.create(path.join(folder, 'run'), config));
  run.giveUpAfter(2);
  run.log({ type: 'resumed', step: 2 });
  expect(run.checkpointSteps()).toEqual([2, 1]);
  expect(run.newestCheckpoint().checkpoint).toEqual(checkpoint(2));
  expect(run.sampleSteps()).toEqual([2, 1]);
  expect(inFolder('checkpoints', 'given-up')).toEqual(given(3, 4));
  expect([run.best(), run.keptCheckpoints()]).toEqual([undefined, [1]]);

  [3, 4].forEach((step) => run.saveCheckpoint(checkpoint(step)));
  expect([run.best(), run.keptCheckpoints()]).toEqual([undefined, [1]]);
});

test('the best stays the best where the run goes back to it or beyond it', () => {
  const run = fill(Run.create(path.join(folder, 'run'), config));
  run.giveUpAfter(3);
  expect(run.best()).toEqual(best(3));
  expect(run.checkpoint('best')).toEqual(checkpoint(3));
});

test('its log, its list and its history show what is left', () => {
  const run = fill(Run.create(path.join(folder, 'run'), config));
  run.log({ type: 'measures', step: 4, of: 2, values: { kid: 7 }, errors: { kid: 0.5 } });
  run.giveUpAfter(2);
  run.log({ type: 'resumed', step: 2 });
  const history = readHistory(run.folder);
  expect([...history.steps]).toEqual([1, 2]);
  expect(history.samples).toEqual([1, 2]);
  expect([...history.metrics.steps]).toEqual([1, 2]);
  expect(history.metrics.values['kid']).toEqual(Float32Array.of(NaN, 7));
  expect(history.metrics.errors['kid']).toEqual(Float32Array.of(NaN, 0.5));
  expect(history.best).toBeUndefined();
  expect(listRuns(folder)).toMatchObject([
    { step: 2, checkpoint: 2, newestSamples: 2, metrics: { distance: 0.5, kid: 7 } },
  ]);
});

test('a file that is given up a second time replaces the one of the same name', () => {
  const run = fill(Run.create(path.join(folder, 'run'), config));
  run.giveUpAfter(2);
  [3, 4].forEach((step) => run.saveCheckpoint(checkpoint(step, 100 + step)));
  run.giveUpAfter(1);
  expect(run.checkpointSteps()).toEqual([1]);
  expect(inFolder('checkpoints', 'given-up')).toEqual(given(2, 3, 4));
  const file = 'step-000000003.safetensors';
  const { folder: place } = Run.create(path.join(folder, 'other'), config);
  fs.copyFileSync(
    path.join(run.folder, 'checkpoints', 'given-up', file),
    path.join(place, 'checkpoints', file),
  );
  expect(Run.open(place).checkpoint(3)).toEqual(checkpoint(3, 103));
});

test('where nothing lies beyond the step, nothing changes', () => {
  const run = fill(Run.create(path.join(folder, 'run'), config));
  const before = inFolder('checkpoints');
  run.giveUpAfter(4);
  expect(inFolder('checkpoints')).toEqual(before);
  expect([run.best(), run.keptCheckpoints()]).toEqual([best(3), [1, 4]]);
});

/** A full run in memory, and how many disk operations giving up what is beyond step 1 takes. */
function begun(): { disk: TestDisk; run: Run } {
  const disk = new TestDisk();
  return { disk, run: fill(Run.create('/run', config, disk)) };
}

function operations(): number[] {
  const { disk, run } = begun();
  const before = disk.operations;
  run.giveUpAfter(1);
  return Array.from({ length: disk.operations - before }, (_, index) => index + 1);
}

const places = (disk: TestDisk, name: string) =>
  ['/run/checkpoints', '/run/checkpoints/given-up'].filter((place) => disk.list(place).includes(name));

test.each(['refused', 'without power'])(
  'each of its operations may be %s: the run is where it was or where it went back to, no file is lost, and again finishes it',
  (how) => {
    for (const at of operations()) {
      const { disk, run } = begun();
      disk.failure = { at: disk.operations + at, code: 'EIO', every: how === 'without power' };
      expect(() => run.giveUpAfter(1)).toThrow(StudioError);
      if (how === 'without power') disk.cutPower();
      disk.failure = undefined;
      const again = Run.open('/run', disk);
      expect([4, 1]).toContain(again.newestCheckpoint().checkpoint.step);
      for (const step of [1, 2, 3, 4])
        expect(places(disk, `step-00000000${step}.safetensors`)).not.toEqual([]);
      again.giveUpAfter(1);
      expect([again.checkpointSteps(), again.sampleSteps()]).toEqual([[1], [1]]);
      expect([again.best(), again.keptCheckpoints()]).toEqual([undefined, [1]]);
      [2, 3, 4].forEach((step) => again.saveCheckpoint(checkpoint(step)));
      expect([again.best(), again.keptCheckpoints()]).toEqual([undefined, [1]]);
      expect(disk.list('/run/checkpoints/given-up').sort()).toEqual(given(2, 3, 4));
    }
  },
);
