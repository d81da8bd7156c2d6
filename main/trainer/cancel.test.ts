/** A cancelled start leaves nothing behind, however late it is cancelled: on points, which need no files. */
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type CurrentRun, type RunConfig } from '../contract/index.ts';
import { listRun, Run } from '../runs/index.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let folder: TestTrainer['folder'];
let events: TestTrainer['events'];
let trainer: TestTrainer['trainer'];
let close: TestTrainer['close'];

beforeEach(() => {
  ({ folder, events, trainer, close } = openTestTrainer('cancel'));
});

afterEach(() => close());

const config = (changes: Partial<RunConfig> = {}): RunConfig => ({
  ...DEFAULT_RUN_CONFIG,
  name: 'Ring',
  batch: 4,
  steps: 3,
  z: { size: 4, distribution: 'normal' },
  gan: { kind: 'mlp', options: { width: 4 } },
  dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
  ...changes,
});

const runs = () => {
  const place = path.join(folder, 'runs');
  return fs.existsSync(place) ? fs.readdirSync(place) : [];
};
const isHeld = (run: string) => fs.existsSync(path.join(run, 'holder.json'));
const look = { from: { seed: 1 }, to: { seed: 2 }, walk: 'linear' as const, positions: [0.5] };

/** A run that has taken its three steps. */
async function finished(): Promise<CurrentRun> {
  const run = await trainer.handlers['run.start']({ config: config() });
  while (isHeld(run.folder)) await wait(2);
  events.length = 0;
  return run;
}

/** Cancels as the app does, by a message; `then` is called as soon as it is read. */
function cancelByMessage(then: () => void): Promise<CurrentRun | null> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.once('message', () => {
      port1.close();
      then();
      setImmediate(() => void trainer.handlers['run.cancel']({}).then(resolve, reject));
    });
    port2.postMessage('cancel');
  });
}

test('a cancelled start leaves no folder, even if the command waited while the networks were built', async () => {
  const started = expect(trainer.handlers['run.start']({ config: config() })).rejects.toMatchObject({
    code: 'cancelled',
  });
  let atWord: string[] = [];
  expect(await cancelByMessage(() => (atWord = runs()))).toBeNull();
  await started;
  expect(atWord).toHaveLength(1);
  expect(runs()).toEqual([]);
  expect(events).toEqual([]);
  expect(await trainer.handlers['run.current']({})).toBeNull();
  expect(await trainer.handlers['run.start']({ config: config() })).toMatchObject({ status: 'training' });
});

test('a start that is cancelled while the first samples are drawn leaves no folder either', async () => {
  const started = expect(trainer.handlers['run.start']({ config: config() })).rejects.toMatchObject({
    code: 'cancelled',
  });
  const hasSamples = () =>
    runs().some((run) => fs.readdirSync(path.join(folder, 'runs', run, 'samples')).length > 0);
  while (!hasSamples()) await nextTurn();
  await trainer.handlers['run.cancel']({});
  await started;
  expect(runs()).toEqual([]);
  expect(events).toEqual([]);
});

test('the run that was open before stays open, and its pictures can be looked at', async () => {
  const before = await finished();
  const images = await trainer.handlers['latent.interpolate'](look);
  const started = expect(
    trainer.handlers['run.start']({ config: config({ name: 'Other' }) }),
  ).rejects.toMatchObject({ code: 'cancelled' });
  expect(await cancelByMessage(() => undefined)).toMatchObject({
    folder: before.folder,
    status: 'finished',
    step: 3,
  });
  await started;
  expect(runs()).toEqual([path.basename(before.folder)]);
  expect(await trainer.handlers['latent.interpolate'](look)).toEqual(images);
});

test('a resume that is cancelled leaves the run as it was, with its number of steps', async () => {
  const { folder: run } = await finished();
  const listed = listRun(run);
  const log = fs.readFileSync(path.join(run, 'events.jsonl'), 'utf8');
  const resumed = expect(
    trainer.handlers['run.resume']({ folder: run, steps: 100_000 }),
  ).rejects.toMatchObject({ code: 'cancelled' });
  let stepsAtWord = 0;
  await cancelByMessage(() => (stepsAtWord = Run.open(run).config.steps));
  await resumed;
  expect(stepsAtWord).toBe(100_000);
  expect(isHeld(run)).toBe(false);
  expect(listRun(run)).toEqual(listed);
  expect(fs.readFileSync(path.join(run, 'events.jsonl'), 'utf8')).toBe(log);
  expect(await trainer.handlers['run.current']({})).toMatchObject({ folder: run, status: 'finished' });
  expect(await trainer.handlers['run.resume']({ folder: run, steps: 6 })).toMatchObject({ step: 3 });
});

test('Cancel means nothing to a run that trains, and Stop nothing to one that is being started', async () => {
  await trainer.handlers['run.start']({ config: config({ steps: 1_000_000 }) });
  expect(await trainer.handlers['run.cancel']({})).toMatchObject({ status: 'training' });
  await trainer.handlers['run.stop']({});
  const started = trainer.handlers['run.start']({ config: config({ steps: 1_000_000, name: 'Other' }) });
  expect(await trainer.handlers['run.stop']({})).toMatchObject({ status: 'stopped' });
  expect(await started).toMatchObject({ status: 'training', config: { name: 'Other' } });
});

test('the end of the trainer gives up a run that is being started', async () => {
  const started = expect(trainer.handlers['run.start']({ config: config() })).rejects.toMatchObject({
    code: 'cancelled',
  });
  await trainer.close();
  await started;
  expect(runs()).toEqual([]);
});
