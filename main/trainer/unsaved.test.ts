/** A last state that the disk refuses, as the app's commands see it: on points, which need no files. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, STUDY_POINTS, type RunConfig } from '../contract/index.ts';
import { listRun } from '../runs/index.ts';
import { fullDisk } from '../runs/test-full-disk.ts';
import { openTestTrainer, type TestTrainer } from './test-trainer.ts';

let events: TestTrainer['events'];
let trainer: TestTrainer['trainer'];
let close: TestTrainer['close'];

beforeEach(() => {
  ({ events, trainer, close } = openTestTrainer('unsaved'));
});

afterEach(() => close());

const config = (steps: number): RunConfig => ({
  ...DEFAULT_RUN_CONFIG,
  name: 'Ring',
  batch: 4,
  steps,
  z: { size: 4, distribution: 'normal' },
  gan: { kind: 'mlp', options: { width: 4 } },
  dataset: { ...DEFAULT_RUN_CONFIG.dataset, source: { kind: 'points', points: STUDY_POINTS.ring } },
  checkpoints: { everySteps: 1_000_000, everyMinutes: 1440, keep: 2 },
});

const stepsTaken = () => events.filter((event) => event.type === 'losses').length;
const statuses = () => events.flatMap((event) => (event.type === 'run-state' ? [event.status] : []));
const isHeld = (run: string) => fs.existsSync(path.join(run, 'holder.json'));

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !condition();) {
    if (Date.now() > end) throw new Error('waited in vain');
    await wait(2);
  }
}

/** A run that has been stopped on a full disk. */
async function unsavedRun(): Promise<{ run: string; step: number; disk: ReturnType<typeof fullDisk> }> {
  const disk = fullDisk();
  const { folder: run } = await trainer.handlers['run.start']({ config: config(1_000_000) });
  await until(() => stepsTaken() >= 5);
  disk.fill();
  const { status, step } = await trainer.handlers['run.stop']({});
  expect(status).toBe('unsaved');
  return { run, step, disk };
}

test('a run that is stopped on a full disk is unsaved: it holds its folder, and can still be looked at', async () => {
  const { run } = await unsavedRun();
  expect(isHeld(run)).toBe(true);
  expect(events.at(-1)).toMatchObject({
    type: 'run-state',
    status: 'unsaved',
    failure: { code: 'not-written', remedy: 'Free some space on this disk, then save again.' },
  });
  const ends = { from: { seed: 1 }, to: { seed: 2 }, walk: 'linear' as const, positions: [0] };
  expect(await trainer.handlers['latent.interpolate'](ends)).toMatchObject({ count: 1 });
  for (const refused of [
    trainer.handlers['run.start']({ config: config(3) }),
    trainer.handlers['run.open']({ folder: run }),
    trainer.handlers['run.resume']({ folder: run }),
  ])
    await expect(refused).rejects.toMatchObject({
      code: 'run-under-way',
      message: 'The last state of the run “Ring” is not saved yet.',
    });
});

test('saved again, it ends as stopped and lets go; while the disk is full that is refused', async () => {
  const { run, step, disk } = await unsavedRun();
  await expect(trainer.handlers['run.save']({})).rejects.toMatchObject({ code: 'not-written' });
  expect(await trainer.handlers['run.current']({})).toMatchObject({ status: 'unsaved', step });
  disk.free();
  const [first, second] = await Promise.all([
    trainer.handlers['run.save']({}),
    trainer.handlers['run.save']({}),
  ]);
  expect(first).toMatchObject({ status: 'stopped', step });
  expect(second).toEqual(first);
  expect(isHeld(run)).toBe(false);
  expect(listRun(run)).toMatchObject({ status: 'stopped', checkpoint: step });
  expect(await trainer.handlers['run.save']({})).toMatchObject({ status: 'stopped' });
  expect(await trainer.handlers['run.resume']({ folder: run })).toMatchObject({ step });
});

test('a run that came to its end on a full disk ends as finished once it is saved', async () => {
  const disk = fullDisk();
  const { folder: run } = await trainer.handlers['run.start']({ config: config(20) });
  disk.fill();
  await until(() => statuses().at(-1) === 'unsaved');
  disk.free();
  expect(await trainer.handlers['run.save']({})).toMatchObject({ status: 'finished', step: 20 });
  expect(listRun(run)).toMatchObject({ status: 'finished', checkpoint: 20, newestSamples: 20 });
});

test('stopped once more, or as it becomes unsaved, it keeps its last state', async () => {
  const { run, step, disk } = await unsavedRun();
  const count = events.length;
  const stop = () => trainer.handlers['run.stop']({});
  for (const stopped of await Promise.all([stop(), stop()]))
    expect(stopped).toMatchObject({ status: 'unsaved', step });
  await wait(20);
  expect(events).toHaveLength(count);
  expect(isHeld(run)).toBe(true);
  disk.free();
  expect(await trainer.handlers['run.save']({})).toMatchObject({ status: 'stopped', step });
});

test('two stops at once on a full disk leave it unsaved', async () => {
  const disk = fullDisk();
  await trainer.handlers['run.start']({ config: config(1_000_000) });
  await until(() => stepsTaken() >= 2);
  disk.fill();
  const stop = () => trainer.handlers['run.stop']({});
  for (const stopped of await Promise.all([stop(), stop()])) expect(stopped.status).toBe('unsaved');
});

test('only an unsaved run is ended without its last state', async () => {
  await trainer.handlers['run.start']({ config: config(1_000_000) });
  await until(() => stepsTaken() >= 2);
  expect(await trainer.handlers['run.endUnsaved']({})).toMatchObject({ status: 'training' });
  const seen = stepsTaken();
  await until(() => stepsTaken() >= seen + 2);
});

test('ended unsaved, it has failed, and lets go', async () => {
  const { run, step } = await unsavedRun();
  expect(await trainer.handlers['run.endUnsaved']({})).toMatchObject({ status: 'failed', step });
  expect(events.at(-1)).toMatchObject({
    status: 'failed',
    failure: {
      message: `The last state of the run could not be saved: the disk is full. Steps 1 to ${step} are lost; there is no checkpoint.`,
    },
  });
  expect(isHeld(run)).toBe(false);
  expect(await trainer.handlers['run.save']({})).toMatchObject({ status: 'failed' });
});

test.each(['free', 'full'])('quitting with a %s disk tries to save once more, and lets go', async (how) => {
  const { run, disk } = await unsavedRun();
  if (how === 'free') disk.free();
  await trainer.close();
  expect(statuses().at(-1)).toBe(how === 'free' ? 'stopped' : 'failed');
  expect(isHeld(run)).toBe(false);
});

test('quitting while a run trains on a full disk lets go of it', async () => {
  const disk = fullDisk();
  const { folder: run } = await trainer.handlers['run.start']({ config: config(1_000_000) });
  await until(() => stepsTaken() >= 2);
  disk.fill();
  await trainer.close();
  expect(statuses().slice(-2)).toEqual(['unsaved', 'failed']);
  expect(isHeld(run)).toBe(false);
});

test('runs of one name get numbers, and the answer and the folder carry the name', async () => {
  const names = [];
  for (const name of ['Ring', ' ring', 'Ring 2']) {
    events.length = 0;
    const started = await trainer.handlers['run.start']({ config: { ...config(1), name } });
    await until(() => statuses().at(-1) === 'finished');
    names.push(started.config.name);
    expect(path.basename(started.folder)).toContain(started.config.name);
    expect(listRun(started.folder).config.name).toBe(started.config.name);
  }
  expect(names).toEqual(['Ring', 'ring 2', 'Ring 3']);
});
