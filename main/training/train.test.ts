import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, runEventSchema, type RunConfig, type RunEvent } from '../contract/index.ts';
import type { Dataset } from '../datasets/index.ts';
import { randomUniform } from '../random.ts';
import { listRuns, Run } from '../runs/index.ts';
import { Session } from './session.ts';
import { train } from './train.ts';

const config: RunConfig = {
  ...DEFAULT_RUN_CONFIG, gan: { kind: 'dcgan', options: { width: 4 } }, batch: 4, z: { size: 8, distribution: 'uniform' }, steps: 7,
  samples: { count: 4, everySteps: 3 }, checkpoints: { everySteps: 2, keep: 2 },
};
const SIZE = 28 * 28;

const dataset: Dataset = {
  summary: { id: 'noise', source: { kind: 'built-in', name: 'digits' }, options: config.dataset.options, name: 'noise', count: 16, filesSeen: 16, leftOut: [], formats: {} },
  size: 28, channels: 1, count: 16,
  bytes: ({ length }) => new Uint8Array(length * SIZE),
  batch: ({ step, batch, seed }) => randomUniform({ seed, stream: 'order', step }, batch * SIZE),
  close: () => undefined,
};

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-train-')); });
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function collect({ stopAfter = Infinity, name = 'run' }: { stopAfter?: number; name?: string } = {}): Promise<{ events: RunEvent[]; run: Run }> {
  const run = Run.create(path.join(folder, name), config);
  const session = new Session(config);
  const stop = new AbortController();
  const events: RunEvent[] = [];
  for await (const event of train({ session, dataset, run, signal: stop.signal })) {
    events.push(event);
    if (event.type === 'losses' && event.step >= stopAfter) stop.abort();
  }
  session.dispose();
  return { events, run };
}

const steps = (events: RunEvent[], type: RunEvent['type']) => events.filter((event) => event.type === type).map((event) => event.step);

test('a run tells of every step, its samples, its checkpoints and its end', async () => {
  const { events } = await collect();
  expect(steps(events, 'losses')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(steps(events, 'samples')).toEqual([0, 3, 6]);
  expect(steps(events, 'checkpoint-saved')).toEqual([2, 4, 6, 7]);
  expect(events.at(-1)).toEqual({ type: 'run-state', status: 'finished', step: 7 });
  expect(events.at(-2)).toMatchObject({ type: 'progress', step: 7, steps: 7, epoch: 1.75, imagesSeen: 28 });
});

test('stopping ends the run after the running step, with a checkpoint', async () => {
  const { events, run } = await collect({ stopAfter: 3 });
  expect(steps(events, 'losses')).toEqual([1, 2, 3]);
  expect(events.at(-1)).toEqual({ type: 'run-state', status: 'stopped', step: 3 });
  expect(run.newestCheckpoint().step).toBe(3);
});

test('the folder explains itself: config, events, sample sheets and the newest checkpoints', async () => {
  const { run, events } = await collect();
  expect(JSON.parse(fs.readFileSync(path.join(run.folder, 'config.json'), 'utf8'))).toEqual(config);
  expect(fs.readdirSync(path.join(run.folder, 'samples'))).toEqual(['step-000000000.png', 'step-000000003.png', 'step-000000006.png']);
  expect(fs.readdirSync(path.join(run.folder, 'checkpoints'))).toEqual(['step-000000006.safetensors', 'step-000000007.safetensors']);
  const logged = fs.readFileSync(path.join(run.folder, 'events.jsonl'), 'utf8').trim().split('\n').map((line) => runEventSchema.parse(JSON.parse(line)));
  expect(logged.filter((event) => event.type === 'losses')).toEqual(events.filter((event) => event.type === 'losses'));
  expect(logged.filter((event) => event.type === 'samples')).toHaveLength(3);
  expect(await listRuns(folder)).toMatchObject([{ folder: run.folder, name: config.name, status: 'finished', step: 7, steps: 7 }]);
});

test('same config, same run', async () => {
  const losses = ({ events }: { events: RunEvent[] }) => events.filter((event) => event.type === 'losses');
  expect(losses(await collect({ name: 'one' }))).toEqual(losses(await collect({ name: 'two' })));
});
