/**
 * Version 8 of the settings says what a run computes in; older runs computed in float32, and are recognised.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { configHash, isConfigHash, Run } from './index.ts';

const run = Run.open(path.join(import.meta.dirname, 'old-runs/v7-upsampled'));

test('a run of version 7 computes in float32, and its checkpoints are recognised', () => {
  expect(run.config.precision).toBe('float32');
  const { configHash: hash, precision } = run.newestCheckpoint().checkpoint;
  expect(precision).toBeUndefined();
  expect(hash).not.toBe(configHash(run.config));
  expect(isConfigHash(hash, run.config)).toBe(true);
  expect(isConfigHash(hash, { ...run.config, seed: 8 })).toBe(false);
});

test('going on in another precision is the same run', () => {
  expect(configHash({ ...run.config, precision: 'bfloat16' })).toBe(configHash(run.config));
});
