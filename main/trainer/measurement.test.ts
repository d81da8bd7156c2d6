import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Transformer } from '@napi-rs/image';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, qualitySchema, type RunConfig } from '../contract/index.ts';
import { tf } from '../tensor.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let folder: TestTrainer['folder'];
let events: TestTrainer['events'];
let trainer: TestTrainer['trainer'];
let close: TestTrainer['close'];

beforeEach(() => {
  ({ folder, events, trainer, close } = openTestTrainer('measurement'));
  fs.mkdirSync(path.join(folder, 'images'));
  for (const shade of [40, 80, 120, 160]) {
    const png = Transformer.fromRgbaPixels(Buffer.alloc(28 * 28 * 4, shade), 28, 28).pngSync();
    fs.writeFileSync(path.join(folder, 'images', `${shade}.png`), png);
  }
});
afterEach(() => close());

const config = (): RunConfig => ({
  ...DEFAULT_RUN_CONFIG,
  name: 'Shades',
  batch: 4,
  steps: 100_000,
  z: { size: 4, distribution: 'normal' },
  gan: { kind: 'dcgan', options: { width: 4 } },
  samples: { count: 4, everySteps: 1000 },
  dataset: {
    source: { kind: 'files', paths: [path.join(folder, 'images')] },
    leftOut: [],
    options: { ...DEFAULT_RUN_CONFIG.dataset.options, size: 28 },
  },
});
const handlers = () => trainer.handlers;
const progress = () => events.flatMap((event) => (event.type === 'measuring' ? [event] : []));
async function untilMeasuring(): Promise<void> {
  while (progress().length < 2) await nextTurn();
}
async function paused() {
  await handlers()['run.start']({ config: config() });
  return handlers()['run.pause']({});
}

test('a paused run is measured, progress is reported, and other commands are answered meanwhile', async () => {
  const { step } = await paused();
  const before = tf.memory().numTensors;
  const asked = handlers()['run.measure']({});
  await untilMeasuring();
  expect(await handlers()['run.current']({})).toMatchObject({ status: 'paused' });
  expect(progress().at(-1)!.done).toBeLessThan(progress().at(-1)!.total);
  const quality = await asked;
  expect(qualitySchema.parse(quality)).toMatchObject({
    step,
    samples: 500,
    images: 4,
    trained: 4,
    heldOut: 0,
  });
  for (const scores of Object.values(quality.scores))
    expect(scores['distance']!.value).toBeGreaterThanOrEqual(0);
  expect(quality.nearest).toBeUndefined();
  expect(progress().at(-1)!.done).toBe(progress().at(-1)!.total);
  expect(tf.memory().numTensors).toBe(before);
});

test('measuring ends when it is stopped, asked for again, or the run moves, and nothing stays in memory', async () => {
  await paused();
  const before = tf.memory().numTensors;
  for (const end of ['run.stopMeasuring', 'run.measure'] as const) {
    events.length = 0;
    const cancelled = expect(handlers()['run.measure']({})).rejects.toMatchObject({ code: 'cancelled' });
    await untilMeasuring();
    const ending = handlers()[end]({});
    await cancelled;
    await handlers()['run.stopMeasuring']({});
    await Promise.allSettled([ending]);
    expect(tf.memory().numTensors).toBe(before);
  }
  for (const end of ['run.step', 'run.continue'] as const) {
    events.length = 0;
    const cancelled = expect(handlers()['run.measure']({})).rejects.toMatchObject({ code: 'cancelled' });
    await untilMeasuring();
    await handlers()[end]({});
    await cancelled;
  }
});

test('a run that trains, or whose pictures are gone, is not measured', async () => {
  await expect(handlers()['run.measure']({})).rejects.toMatchObject({ code: 'no-run' });
  const { folder: runFolder } = await handlers()['run.start']({ config: config() });
  await expect(handlers()['run.measure']({})).rejects.toMatchObject({
    code: 'not-still',
    message: 'The run is training. Only a paused run can be measured.',
  });
  await handlers()['run.stop']({});
  fs.rmSync(path.join(folder, 'images', '40.png'));
  await handlers()['run.open']({ folder: runFolder });
  await expect(handlers()['run.measure']({})).rejects.toMatchObject({ code: 'data-changed' });
  fs.rmSync(path.join(folder, 'images'), { recursive: true });
  await expect(handlers()['run.measure']({})).rejects.toMatchObject({ code: 'folder-missing' });
});
