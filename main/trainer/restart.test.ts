/** The trainer says beforehand what a restart of its process would lose. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, LAB_CONFIG, STUDY_POINTS } from '../contract/index.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let trainer: TestTrainer['trainer'];
let close: TestTrainer['close'];

beforeEach(() => {
  ({ trainer, close } = openTestTrainer('restart'));
});

afterEach(() => close());

const check = () => trainer.handlers['trainer.checkRestart']({});

test('a run under way is lost, one that was stopped is not, unless its last state is in memory only', async () => {
  expect(await check()).toBeNull();
  const { folder } = await trainer.handlers['run.start']({
    config: {
      ...DEFAULT_RUN_CONFIG,
      name: 'Ring',
      batch: 4,
      z: { size: 4, distribution: 'normal' },
      gan: { kind: 'mlp', options: { width: 4 } },
      dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
    },
  });
  expect(await check()).toMatchObject({ code: 'run-under-way' });
  await trainer.handlers['run.pause']({});
  await trainer.handlers['run.step']({});
  const { step } = await trainer.handlers['run.stop']({});
  expect(await check()).toBeNull();

  const checkpoints = path.join(folder, 'checkpoints');
  for (const name of fs.readdirSync(checkpoints)) fs.rmSync(path.join(checkpoints, name));
  expect(await check()).toMatchObject({
    code: 'not-saved',
    message: `Step ${step} of the open run “Ring” is not saved, and would be lost.`,
    remedy: 'Open another run first.',
  });
  fs.rmSync(folder, { recursive: true });
  expect(await check()).toBeNull();
});

test('a lab that has taken steps is lost; one that was reset is not', async () => {
  await trainer.handlers['lab.open']({ config: LAB_CONFIG });
  expect(await check()).toBeNull();
  await trainer.handlers['lab.frame']({ steps: 2 });
  expect(await check()).toMatchObject({ code: 'lab-in-play', remedy: 'Reset the lab first.' });
  await trainer.handlers['lab.open']({ config: LAB_CONFIG });
  expect(await check()).toBeNull();
});
