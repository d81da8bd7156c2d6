import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG } from '../contract/index.ts';
import { Run } from './index.ts';
import { fullDisk } from './test-full-disk.ts';

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

const save = (step: number, hold?: number[]) =>
  run.saveCheckpoint(
    { step, tensors: {}, learningRateFactor: 1, refusals: 0, configHash: 'a' },
    { ...(hold && { hold }) },
  );
const best = (step: number) => ({ step, metric: 'kid', value: 0.02, error: 0.003 });
const inCheckpoints = (name: string) => path.join(run.folder, 'checkpoints', name);

test('the newest, the best and that of a step are opened', () => {
  [1, 2].forEach((step) => save(step));
  run.setBest(best(2));
  [3, 4].forEach((step) => save(step));
  expect(run.checkpointSteps()).toEqual([4, 3, 2]);
  expect(run.checkpoint('newest').step).toBe(4);
  expect(run.checkpoint('best').step).toBe(2);
  expect(run.checkpoint(3).step).toBe(3);
});

test('a missing one is refused, and the remedy lists those that exist', () => {
  [1, 2, 3, 4].forEach((step) => save(step));
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

test('a damaged one that is asked for is refused, not skipped', () => {
  save(1);
  fs.writeFileSync(inCheckpoints('step-000000001.safetensors'), 'broken');
  expect(() => run.checkpoint(1)).toThrow(expect.objectContaining({ code: 'checkpoint-damaged' }) as Error);
});

test('the best, those that are kept and those being measured stay however many come after them', () => {
  [1, 2, 3].forEach((step) => save(step, [1, 2]));
  run.setBest(best(1));
  run.keepCheckpoint(2, true);
  [4, 5, 6].forEach((step) => save(step, [3]));
  expect(run.checkpointSteps()).toEqual([6, 5, 3, 2, 1]);
  expect(Run.open(run.folder).best()).toEqual(best(1));
  expect(run.keptCheckpoints()).toEqual([2]);

  run.setBest(best(6));
  run.keepCheckpoint(2, false);
  save(7);
  expect(run.checkpointSteps()).toEqual([7, 6]);
});

test('a best or kept one whose file is gone does not count, and a missing one cannot be kept', () => {
  [1, 2].forEach((step) => save(step));
  run.setBest(best(1));
  run.keepCheckpoint(1, true);
  fs.rmSync(inCheckpoints('step-000000001.safetensors'));
  expect(run.best()).toBeUndefined();
  expect(run.keptCheckpoints()).toEqual([]);
  expect(() => run.checkpoint('best')).toThrow('does not know its best checkpoint');
  expect(() => run.keepCheckpoint(1, true)).toThrow(
    expect.objectContaining({ code: 'no-checkpoint' }) as Error,
  );
});

test('the best of a run of version 6 is read, which recorded its file and its distance', () => {
  save(1);
  fs.writeFileSync(
    inCheckpoints('best.json'),
    JSON.stringify({ file: 'step-000000001.safetensors', distance: 0.25 }),
  );
  expect(run.best()).toEqual({ step: 1, metric: 'distance', value: 0.25 });
  expect(run.checkpoint('best').step).toBe(1);
});

test.each([
  'broken',
  '[]',
  'null',
  '{"file":"../../elsewhere.safetensors","distance":1}',
  '{"step":1,"value":1}',
  '{"step":"1","metric":"kid","value":1}',
  '{"steps":[1,"2"]}',
  '{"steps":[-1]}',
])('%s as the record of the best and of those that are kept is as none', (text) => {
  save(1);
  for (const name of ['best.json', 'kept.json']) fs.writeFileSync(inCheckpoints(name), text);
  expect(run.best()).toBeUndefined();
  expect(run.keptCheckpoints()).toEqual([]);
  run.setBest(best(1));
  run.keepCheckpoint(1, true);
  expect([run.best(), run.keptCheckpoints()]).toEqual([best(1), [1]]);
});

test('a best with a value of NaN is not read back', () => {
  save(1);
  run.setBest({ step: 1, metric: 'distance', value: NaN });
  expect(run.best()).toBeUndefined();
});

test('a full disk leaves the records of the best and the kept ones unchanged', () => {
  const disk = fullDisk();
  [1, 2].forEach((step) => save(step));
  run.setBest(best(1));
  run.keepCheckpoint(1, true);
  disk.fill();
  const refused = expect.objectContaining({ code: 'not-written' }) as Error;
  expect(() => run.setBest(best(2))).toThrow(refused);
  expect(() => run.keepCheckpoint(2, true)).toThrow(refused);
  disk.free();
  expect([run.best(), run.keptCheckpoints()]).toEqual([best(1), [1]]);
});

test('files that are no checkpoints are ignored', () => {
  save(2);
  for (const name of ['step-x.safetensors', 'step-3.safetensors', 'model.safetensors'])
    fs.writeFileSync(inCheckpoints(name), '');
  expect(run.checkpointSteps()).toEqual([2]);
});
