/** The list shows a run's health, however long ago it was logged. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type Finding } from '../contract/index.ts';
import { listRuns, Run } from './index.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-list-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const finding = (words: string): Finding => ({
  code: 'one-picture',
  tone: 'ill',
  words,
  threshold: 'At once.',
  evidence: [],
  tries: [],
});

test.each([10, 3000])('health that was said %i steps ago is still said, the newest of it', (steps) => {
  const run = Run.create(path.join(folder, 'run'), DEFAULT_RUN_CONFIG);
  run.log({ type: 'health', step: 0, findings: [finding('Too early')] });
  run.log({ type: 'health', step: 1, findings: [finding('G makes one picture')] });
  for (let step = 1; step <= steps; step++) run.log({ type: 'losses', step, losses: { generator: step } });
  run.flush();
  expect(listRuns(folder)).toMatchObject([{ step: steps, health: [finding('G makes one picture')] }]);
});

test('a run that logged no health is listed without it', () => {
  const run = Run.create(path.join(folder, 'run'), DEFAULT_RUN_CONFIG);
  for (let step = 1; step <= 3000; step++) run.log({ type: 'losses', step, losses: { generator: step } });
  run.flush();
  expect(listRuns(folder)[0]).not.toHaveProperty('health');
});
