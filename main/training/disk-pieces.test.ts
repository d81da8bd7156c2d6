/** What a run takes on the disk is known before it begins. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskUse, type RunConfig } from '../contract/index.ts';
import { noiseDataset } from '../datasets/index.ts';
import { configHash, encodeCheckpoint, Run } from '../runs/index.ts';
import { tf } from '../tensor.ts';
import { diskPieces } from './disk-pieces.ts';
import { completeConfig } from './complete-config.ts';
import { rulesOf } from './rules.ts';
import { Session } from './session.ts';
import { copyOut, firstState } from './state.ts';
import { train } from './train.ts';
import { SMALL_RUN } from './test-run.ts';

const dataset = noiseDataset({ size: 28, channels: 1, count: 16 });
const config: RunConfig = {
  ...SMALL_RUN,
  steps: 60,
  samples: { count: 16, everySteps: 5 },
  checkpoints: { everySteps: 10, everyMinutes: 1000, keep: 3 },
};

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-disk-pieces-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Bytes of all files below. */
function sizeOf(place: string): number {
  return fs
    .readdirSync(place, { withFileTypes: true })
    .map((entry) => path.join(place, entry.name))
    .reduce(
      (sum, file) => sum + (fs.statSync(file).isDirectory() ? sizeOf(file) : fs.statSync(file).size),
      0,
    );
}

const ada: RunConfig['stabilisers'][number] = { kind: 'ada', options: {} };

test.each<[string, Partial<RunConfig>]>([
  ['a DCGAN', {}],
  ['one without averaging, by SGD', { averaging: 0, optimizer: { ...config.optimizer, kind: 'sgd' } }],
  ['a stabiliser that remembers', { stabilisers: [ada] }],
  ['a GAN of three networks', { gan: { kind: 'bigan', options: { width: 4, joint: 8 } } }],
  ['classes', { gan: { kind: 'conditional', options: { width: 4 } }, classes: ['a', 'b', 'c'] }],
  ['batch normalisation of other kinds', { gan: { kind: 'small-data', options: { width: 4 } } }],
])('the size of a checkpoint is known to the byte: %s', (_, changes) => {
  const complete = completeConfig({ ...config, ...changes });
  const state = firstState(rulesOf(complete), complete.seed);
  const file = encodeCheckpoint({
    step: complete.steps,
    tensors: copyOut(state),
    learningRateFactor: 1,
    refusals: 0,
    configHash: configHash(complete),
  });
  tf.dispose(state);
  expect(diskPieces(complete).checkpoint).toBe(file.length);
});

test('what a stabiliser reports at each step is part of the log', () => {
  const part = ',"measures":{"ada/p":-1.2345678806304932,"ada/overfitting":-1.2345678806304932}';
  expect(diskPieces({ ...config, stabilisers: [ada] }).step - diskPieces(config).step).toBe(part.length);
});

test('a whole run takes no more than was said, and at least two thirds of it', async () => {
  const complete = completeConfig(config);
  const pieces = diskPieces(complete);
  const run = Run.create(path.join(folder, 'run'), complete);
  const session = new Session(complete);
  try {
    const steps = train({ session, dataset, run, signal: new AbortController().signal });
    while (!(await steps.next()).done);
  } finally {
    session.dispose();
  }
  const use = diskUse({ config: complete, pieces, seconds: 0, pictures: dataset.count });
  const files = (name: string) => fs.readdirSync(path.join(run.folder, name));
  const checkpoints = files('checkpoints').filter((name) => name.endsWith('.safetensors'));
  for (const name of checkpoints)
    expect(fs.statSync(path.join(run.folder, 'checkpoints', name)).size).toBe(pieces.checkpoint);
  expect(files('samples')).toHaveLength(13);
  const all = sizeOf(run.folder);
  expect(all).toBeLessThanOrEqual(use.total);
  expect(all).toBeGreaterThan(use.total / 1.5);
});
