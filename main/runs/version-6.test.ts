/** Configs of version 6, which knew neither what a run holds out nor how it measures. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_MEASURING, type RunConfig } from '../contract/index.ts';
import { configHash, isConfigHash, Run } from './index.ts';

const OLD_RUN = path.join(import.meta.dirname, 'old-runs/v6-evened');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-version-6-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a run of version 6 holds nothing out, and its checkpoints are known again', () => {
  fs.cpSync(OLD_RUN, folder, { recursive: true });
  const run = Run.open(folder);
  expect(run.config).toMatchObject({ version: 7, heldOut: 0, measuring: DEFAULT_MEASURING });
  const { configHash: hash } = run.newestCheckpoint().checkpoint;
  expect(hash).not.toBe(configHash(run.config));
  expect(isConfigHash(hash, run.config)).toBe(true);
  // With pictures held out it would be another run; how it measures changes nothing.
  expect(isConfigHash(hash, { ...run.config, heldOut: 0.1 })).toBe(false);
  const measuring: RunConfig['measuring'] = { share: 0, best: 'distance' };
  expect(isConfigHash(hash, { ...run.config, measuring })).toBe(true);
});

test('what a run of now holds out is a part of what defines it', () => {
  const { config } = Run.open(folder);
  const hash = configHash({ ...config, heldOut: 0.1 });
  expect(isConfigHash(hash, { ...config, heldOut: 0.1 })).toBe(true);
  expect(isConfigHash(hash, { ...config, heldOut: 0.2 })).toBe(false);
  expect(isConfigHash(hash, config)).toBe(false);
});
