import { describe, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, StudioError, type RunConfig } from '../contract/index.ts';
import type { Checkpoint } from './checkpoint-file.ts';
import { Run } from './run.ts';
import { TestDisk } from './test-disk.ts';

const config: RunConfig = { ...DEFAULT_RUN_CONFIG, checkpoints: { everySteps: 1, everyMinutes: 5, keep: 2 } };

function checkpoint(step: number): Checkpoint {
  const values = Float32Array.from({ length: 500 }, (_, index) => step + index / 7);
  return {
    step,
    tensors: { 'weights/generator/a/kernel': { shape: [20, 25], values } },
    learningRateFactor: 1,
    refusals: 0,
    configHash: 'hash',
  };
}

/** A run with whole checkpoints of steps 1 and 2. */
function begun(): { disk: TestDisk; run: Run } {
  const disk = new TestDisk();
  const run = Run.create('/run', config, disk);
  for (const step of [1, 2]) saveBest(run, step);
  return { disk, run };
}

/** Saves the next checkpoint and records it as the best. */
function saveBest(run: Run, step: number): void {
  run.saveCheckpoint(checkpoint(step));
  run.setBest({ step, metric: 'distance', value: 1 / step });
}

/** How many operations one more checkpoint takes. */
function operationsOfOne(): number {
  const { disk, run } = begun();
  const before = disk.operations;
  saveBest(run, 3);
  return disk.operations - before;
}

const OPERATIONS = operationsOfOne();
const everyOperation = Array.from({ length: OPERATIONS }, (_, index) => index + 1);

describe(`of the ${OPERATIONS} writes, syncs and renames of a checkpoint`, () => {
  test.each(['ENOSPC', 'EIO'])(
    'each may fail with %s: an earlier or the new one is whole, and the next save succeeds',
    (code) => {
      for (const at of everyOperation) {
        const { disk, run } = begun();
        disk.failure = { at: disk.operations + at, code };
        let failure: unknown;
        try {
          saveBest(run, 3);
        } catch (error) {
          failure = error;
        }
        if (failure !== undefined && at <= 5) expect(failure).toBeInstanceOf(StudioError);
        const { checkpoint: newest } = run.newestCheckpoint();
        expect([2, 3]).toContain(newest.step);
        expect(newest).toEqual(checkpoint(newest.step));
        disk.failure = undefined;
        saveBest(run, 4);
        expect(run.newestCheckpoint().checkpoint).toEqual(checkpoint(4));
      }
    },
  );

  test('the power may fail after any of them: a whole one is there, and none is lost that was reported as saved', () => {
    for (const at of everyOperation) {
      const { disk, run } = begun();
      disk.failure = { at: disk.operations + at, code: 'EIO', every: true };
      let saved = true;
      try {
        saveBest(run, 3);
      } catch {
        saved = false;
      }
      disk.cutPower();
      disk.failure = undefined;
      const { checkpoint: newest } = Run.open('/run', disk).newestCheckpoint();
      expect(newest).toEqual(checkpoint(newest.step));
      expect(newest.step).toBeGreaterThanOrEqual(saved ? 3 : 2);
    }
  });
});

test('a disk that drops what was not synced keeps every checkpoint that was reported as saved', () => {
  const { disk, run } = begun();
  run.saveCheckpoint(checkpoint(3));
  disk.cutPower();
  expect(Run.open('/run', disk).newestCheckpoint().checkpoint).toEqual(checkpoint(3));
});

test('each section of a checkpoint, cut short or with a bit flipped, is recognised, and the one before is used', () => {
  const { disk, run } = begun();
  run.saveCheckpoint(checkpoint(3));
  const file = '/run/checkpoints/step-000000003.safetensors';
  const whole = disk.read(file);
  const damage = (bytes: Buffer) => {
    disk.remove(file);
    const descriptor = disk.open(file, 'new');
    disk.write(descriptor, bytes);
    disk.close(descriptor);
  };
  const headerEnd = 8 + Number(whole.readBigUInt64LE(0));
  for (let position = 0; position < whole.length; position += position < headerEnd ? 1 : 37) {
    const flipped = Buffer.from(whole);
    flipped[position]! ^= 0x10;
    damage(flipped);
    const found = run.newestCheckpoint();
    expect(found.checkpoint).toEqual(checkpoint(2));
    expect(found.damaged[0]).toMatchObject({ code: 'checkpoint-damaged' });
    damage(whole.subarray(0, position));
    expect(run.newestCheckpoint().checkpoint).toEqual(checkpoint(2));
  }
});

test('the best checkpoint stays when newer ones push it out', () => {
  const { run } = begun();
  saveBest(run, 3);
  for (const step of [4, 5, 6]) run.saveCheckpoint(checkpoint(step));
  expect(run.checkpointSteps()).toEqual([6, 5, 3]);
});

test('events that could not be written wait for the next time, and none is lost', () => {
  const { disk, run } = begun();
  run.log({ type: 'run-state', status: 'training', step: 0 });
  for (const operation of [1, 2]) {
    disk.failure = { at: disk.operations + operation, code: 'ENOSPC' };
    expect(() => run.log({ type: 'run-state', status: 'paused', step: operation })).toThrow(
      'the disk is full',
    );
  }
  disk.failure = undefined;
  run.log({ type: 'run-state', status: 'stopped', step: 3 });
  const whole = disk
    .read('/run/events.jsonl')
    .toString()
    .split('\n')
    .flatMap((line) => {
      try {
        return [(JSON.parse(line) as { step: number }).step];
      } catch {
        return [];
      }
    });
  expect([...new Set(whole)]).toEqual([0, 1, 2, 3]);
});
