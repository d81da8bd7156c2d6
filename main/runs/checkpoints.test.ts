import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '../contract/index.ts';
import { Run } from './index.ts';

let folder: string;
let run: Run;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-checkpoints-'));
  run = Run.create(path.join(folder, 'run'), {
    ...DEFAULT_RUN_CONFIG,
    checkpoints: { everySteps: 1, everyMinutes: 5, keep: 2 },
  });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const save = (step: number, distance?: number) =>
  run.saveCheckpoint(
    { step, tensors: {}, learningRateFactor: 1, refusals: 0, configHash: 'a' },
    { distance },
  );

test('the newest, the best and that of a step are opened', () => {
  [3, 1, 2, 4].forEach((distance, place) => save(place + 1, distance));
  expect(run.checkpointSteps()).toEqual([4, 3, 2]);
  expect(run.checkpoint('newest').step).toBe(4);
  expect(run.checkpoint('best').step).toBe(2);
  expect(run.checkpoint(3).step).toBe(3);
});

test('one that is not kept is refused with those that are', () => {
  [3, 2, 1, 4].forEach((distance, place) => save(place + 1, distance));
  expect(() => run.checkpoint(1)).toThrow(
    expect.objectContaining({
      code: 'no-checkpoint',
      message: `The run ${run.folder} has no checkpoint of step 1.`,
      remedy: 'Choose the newest, or one of the steps 4, 3.',
    }) as Error,
  );
});

test('a run that never measured does not know its best', () => {
  save(1);
  expect(() => run.checkpoint('best')).toThrow('does not know its best checkpoint');
});

test('a damaged one is refused, not passed over', () => {
  save(1, 1);
  fs.writeFileSync(path.join(run.folder, 'checkpoints', 'step-000000001.safetensors'), 'broken');
  expect(() => run.checkpoint(1)).toThrow(expect.objectContaining({ code: 'checkpoint-damaged' }) as Error);
});
