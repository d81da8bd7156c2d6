import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Transformer } from '@napi-rs/image';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig, type RunEvent } from '../contract/index.ts';
import { createTrainer } from './trainer.ts';

let folder: string;
let events: RunEvent[];
let trainer: ReturnType<typeof createTrainer>;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-trainer-'));
  events = [];
  fs.mkdirSync(path.join(folder, 'images'));
  for (const shade of [40, 80, 120, 160]) {
    const png = Transformer.fromRgbaPixels(Buffer.alloc(32 * 32 * 4, shade), 32, 32).pngSync();
    fs.writeFileSync(path.join(folder, 'images', `${shade}.png`), png);
  }
  trainer = createTrainer({ folders: { cache: path.join(folder, 'cache'), builtIn: folder, runs: path.join(folder, 'runs') }, emit: (event) => events.push(event) });
});

afterEach(async () => {
  await trainer.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function config(changes: Partial<RunConfig> = {}): RunConfig {
  return {
    ...DEFAULT_RUN_CONFIG, name: 'Shades', batch: 4, steps: 100_000, z: { size: 4, distribution: 'normal' },
    gan: { kind: 'dcgan', options: { width: 4 } }, samples: { count: 4, everySteps: 1000 },
    dataset: { source: { kind: 'folder', path: path.join(folder, 'images') }, options: { ...DEFAULT_RUN_CONFIG.dataset.options, size: 32 } },
    ...changes,
  };
}

const stepsTaken = () => events.filter((event) => event.type === 'losses').length;
async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !condition();) {
    if (Date.now() > end) throw new Error('waited in vain');
    await wait(2);
  }
}

test('a run trains until it is stopped, and its folder lies in the runs folder', async () => {
  const { folder: runFolder, status } = await trainer.handlers['run.start']({ config: config() });
  expect(status).toBe('starting');
  await until(() => stepsTaken() >= 5);
  const stopped = await trainer.handlers['run.stop']({});
  expect(stopped).toMatchObject({ status: 'stopped', step: stepsTaken() });
  expect(path.dirname(runFolder)).toBe(path.join(folder, 'runs'));
  const checkpoints = fs.readdirSync(path.join(runFolder, 'checkpoints'));
  expect(checkpoints).toEqual([`step-${String(stopped.step).padStart(9, '0')}.safetensors`]);
});

test('paused, it takes no step; continued, it goes on where it was', async () => {
  await trainer.handlers['run.start']({ config: config() });
  await until(() => stepsTaken() >= 3);
  const { status, step } = await trainer.handlers['run.pause']({});
  expect(status).toBe('paused');
  await wait(100);
  expect(stepsTaken()).toBe(step);
  await trainer.handlers['run.continue']({});
  await until(() => stepsTaken() >= step + 3);
  const steps = events.filter((event) => event.type === 'losses').map((event) => event.step);
  expect(steps).toEqual(steps.map((_, index) => index + 1));
});

test('a paused run can be stopped', async () => {
  await trainer.handlers['run.start']({ config: config() });
  await until(() => stepsTaken() >= 1);
  const { step } = await trainer.handlers['run.pause']({});
  expect(await trainer.handlers['run.stop']({})).toMatchObject({ status: 'stopped', step });
});

test('images between two points are answered while it trains, and after it has ended', async () => {
  await trainer.handlers['run.start']({ config: config({ steps: 20 }) });
  const request = { from: 1, to: 2, walk: 'spherical', positions: [0, 0.5, 1] } as const;
  const early = await trainer.handlers['latent.interpolate']({ ...request, positions: [...request.positions] });
  expect(early).toMatchObject({ count: 3, size: 32, channels: 1 });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 20);
  const late = await trainer.handlers['latent.interpolate']({ ...request, positions: [...request.positions] });
  expect(late.pixels).not.toEqual(early.pixels);
  expect(late.pixels).toHaveLength(3 * 32 * 32);
});

test('a second run is refused while the first is under way, and starts after it', async () => {
  await trainer.handlers['run.start']({ config: config() });
  await expect(trainer.handlers['run.start']({ config: config() })).rejects.toMatchObject({ code: 'run-under-way' });
  await trainer.handlers['run.stop']({});
  expect(await trainer.handlers['run.start']({ config: config() })).toMatchObject({ status: 'starting', step: 0 });
});

test('a run that has ended opens again and makes the same images', async () => {
  const { folder: runFolder } = await trainer.handlers['run.start']({ config: config({ steps: 5 }) });
  await until(() => events.at(-1)?.type === 'run-state' && stepsTaken() === 5);
  const request = { from: 1, to: 2, walk: 'linear' as const, positions: [0.25] };
  const before = await trainer.handlers['latent.interpolate'](request);
  expect(await trainer.handlers['run.open']({ folder: runFolder })).toMatchObject({ status: 'finished', step: 5 });
  expect(await trainer.handlers['latent.interpolate'](request)).toEqual(before);
});

test('a run whose folder vanishes fails with the facts and a remedy, and its images can still be looked at', async () => {
  await trainer.handlers['run.start']({ config: config() });
  await until(() => stepsTaken() >= 1);
  fs.rmSync(path.join(folder, 'runs'), { recursive: true });
  await until(() => events.some((event) => event.type === 'run-state' && event.status === 'failed'));
  expect(events.at(-1)).toMatchObject({ failure: { code: 'not-written', message: expect.stringMatching(/folder is gone/) } });
  expect(await trainer.handlers['latent.interpolate']({ from: 1, to: 2, walk: 'linear', positions: [0] })).toMatchObject({ count: 1 });
});

test('without a run there is nothing to look at, and the answer says so', async () => {
  await expect(trainer.handlers['latent.interpolate']({ from: 1, to: 2, walk: 'linear', positions: [0] })).rejects.toMatchObject({ code: 'no-run' });
  await expect(trainer.handlers['run.open']({ folder })).rejects.toMatchObject({ code: 'run-missing' });
});

test('the catalogue tells the options of every gan as JSON Schema', async () => {
  const { gans, losses } = await trainer.handlers['catalogue.list']({});
  expect(gans[0]).toMatchObject({ kind: 'dcgan', options: { type: 'object', properties: { width: { type: 'integer', minimum: 4, default: 32, title: 'Width' } } } });
  expect(losses.map(({ kind }) => kind)).toContain('non-saturating');
});
