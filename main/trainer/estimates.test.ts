import { setImmediate as nextTurn } from 'node:timers/promises';
import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { tf } from '../tensor.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let folder: TestTrainer['folder'];
let events: TestTrainer['events'];
let trainer: TestTrainer['trainer'];
let close: TestTrainer['close'];

beforeEach(() => {
  ({ folder, events, trainer, close } = openTestTrainer('estimates'));
});
afterEach(() => close());

const pictures: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  batch: 4,
  steps: 1000,
  z: { size: 4, distribution: 'normal' },
  gan: { kind: 'dcgan', options: { width: 4 } },
  samples: { count: 4, everySteps: 100 },
};
const points: RunConfig = {
  ...pictures,
  gan: { kind: 'mlp', options: { width: 4 } },
  dataset: { ...pictures.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
};
const estimate = (config: RunConfig) => trainer.handlers['run.estimate']({ config });

test.each([
  ['pictures', pictures],
  ['points of the plane', points],
  ['classes', { ...pictures, gan: { kind: 'conditional', options: { width: 4 } }, classes: ['a', 'b', 'c'] }],
  ['pictures that are rebuilt', { ...pictures, gan: { kind: 'bigan', options: { width: 4, joint: 8 } } }],
  ['turns of five', { ...pictures, turns: { kind: 'several' as const, discriminator: 5 } }],
])('a run on %s is estimated without its data, and nothing stays in memory', async (_, config) => {
  const before = tf.memory().numTensors;
  const { secondsToBegin, secondsPerStep } = await estimate(config);
  expect(secondsToBegin).toBeGreaterThan(0);
  expect(secondsPerStep).toBeGreaterThan(0);
  expect(secondsPerStep).toBeLessThan(60);
  expect(tf.memory().numTensors).toBe(before);
  expect(fs.readdirSync(folder)).toEqual([]);
  expect(events).toEqual([]);
});

test('samples and checkpoints are a share of every step, and what was measured is remembered', async () => {
  const plain = await estimate({ ...points, samples: { count: 4, everySteps: 1000 } });
  const often = await estimate({ ...points, samples: { count: 4, everySteps: 1 } });
  expect(often.secondsToBegin).toBe(plain.secondsToBegin);
  expect(often.secondsPerStep).toBeGreaterThan(plain.secondsPerStep);
  const other = await estimate({
    ...points,
    samples: { count: 4, everySteps: 1000 },
    seed: 7,
    name: 'Other',
  });
  expect(other).toEqual(plain);
  const wider = await estimate({ ...points, gan: { kind: 'mlp', options: { width: 8 } } });
  expect(wider.secondsToBegin).not.toBe(plain.secondsToBegin);
});

test('what run.check refuses is refused with the same failure', async () => {
  const config: RunConfig = { ...pictures, loss: { kind: 'margin', options: {} } };
  const refusal = await trainer.handlers['run.check']({ config });
  expect(refusal?.code).toBe('senseless');
  await expect(estimate(config)).rejects.toMatchObject(refusal!);
});

test('of several estimates that are asked for at once, the last one is made', async () => {
  const before = tf.memory().numTensors;
  const asked = [4, 8, 12, 16].map((width) =>
    estimate({ ...points, gan: { kind: 'mlp', options: { width } } }),
  );
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
  for (const outcome of outcomes.slice(0, -1))
    expect(outcome).toMatchObject({ reason: { code: 'cancelled' } });
  expect(tf.memory().numTensors).toBe(before);
});

test('a run that starts ends the estimate, and while there is one nothing is estimated', async () => {
  const asked = estimate(pictures);
  const cancelled = expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  for (let turn = 0; turn < 4; turn++) await nextTurn();
  await trainer.handlers['run.start']({ config: { ...points, steps: 1_000_000 } });
  await cancelled;
  await expect(estimate(points)).rejects.toMatchObject({ code: 'run-under-way' });
  await trainer.handlers['run.stop']({});
  expect((await estimate(points)).secondsPerStep).toBeGreaterThan(0);
});

test('the lab ends the estimate, and other commands are answered beside it', async () => {
  const asked = estimate(pictures);
  const cancelled = expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  await nextTurn();
  expect(await trainer.handlers['run.current']({})).toBeNull();
  expect(await trainer.handlers['lab.open']({ config: points })).toMatchObject({ step: 0 });
  await cancelled;
});
