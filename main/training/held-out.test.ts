/**
 * A run never trains on what it holds out: not at first, not after it was resumed, and not with changed
 * pictures.
 */
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import type { Dataset, Readable } from '../datasets/index.ts';
import { testDecoders } from '../pictures/test-decoders.ts';
import { greyPng } from '../pictures/test-pictures.ts';
import { createRun, openNewData, openRunData, relinkRun, Run } from '../runs/index.ts';
import { beginAgain, beginNew, RunInTraining, withClasses } from './index.ts';

const PICTURES = 1000;
const SHADES = 250;
const STEPS = 6;

let root: string;
beforeAll(() => {
  root = fs.mkdtempSync(join(os.tmpdir(), 'studio-held-out-'));
  fs.mkdirSync(join(root, 'images'));
  // Each shade four times: equal pictures must stay together.
  for (let picture = 0; picture < PICTURES; picture++)
    fs.writeFileSync(join(root, 'images', `${picture}.png`), greyPng({ shade: picture % SHADES }));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const how = () => ({
  folders: { cache: join(root, 'cache'), builtIn: root, runs: join(root, 'runs') },
  decoders: testDecoders,
});

function configOf(changes: Partial<RunConfig> = {}): RunConfig {
  const { dataset } = DEFAULT_RUN_CONFIG;
  const source = { kind: 'files' as const, paths: [join(root, 'images')] };
  return {
    ...DEFAULT_RUN_CONFIG,
    name: 'Shades',
    gan: { kind: 'dcgan', options: { width: 4 } },
    z: { size: 4, distribution: 'normal' },
    batch: 4,
    steps: STEPS,
    samples: { count: 4, everySteps: 1000 },
    dataset: { ...dataset, source },
    ...changes,
  };
}

async function newRun(name: string, changes: Partial<RunConfig> = {}): Promise<RunInTraining> {
  const config = configOf(changes);
  const dataset = await openNewData(config, how());
  const complete = withClasses(config, dataset);
  const folder = join(root, 'runs', name);
  fs.mkdirSync(join(root, 'runs'), { recursive: true });
  return RunInTraining.begin({
    open: () => createRun(folder, complete, dataset),
    make: (run) => beginNew(run.config),
    dataset,
    program: 'a test',
  });
}

async function sameRun(name: string): Promise<RunInTraining> {
  const run = Run.open(join(root, 'runs', name));
  const { dataset } = await openRunData(run, how());
  return RunInTraining.begin({
    open: () => run,
    make: () => beginAgain(run, { dataset }),
    dataset,
    program: 'a test',
  });
}

/** Trains to the end, or up to a step, and returns the losses. */
async function trained(training: RunInTraining, upTo = Infinity) {
  const stop = new AbortController();
  const losses: { step: number; losses: Record<string, number> }[] = [];
  for await (const events of training.steps(stop.signal))
    for (const event of events)
      if (event.type === 'losses') {
        losses.push({ step: event.step, losses: event.losses });
        if (event.step >= upTo) stop.abort();
      }
  training.session.dispose();
  return losses;
}

function shadesOf({ count, bytes }: Readable): number[] {
  const images = bytes(Array.from({ length: count }, (_, index) => index));
  return Array.from({ length: count }, (_, index) => images[index * (images.length / count)]!);
}

function shadesOfAnEpoch({ count, batch }: Dataset, { batch: size, seed }: RunConfig): Set<number> {
  const seen = new Set<number>();
  for (let step = 0; step * size < count; step++) {
    const images = batch({ step, batch: size, seed });
    for (let index = 0; index < size; index++)
      seen.add(Math.round((images[(index * images.length) / size]! + 1) * 127.5));
  }
  return seen;
}

test('a run keeps its share, and no batch of an epoch shows a picture that it holds out', async () => {
  const training = await newRun('first');
  const { dataset, run } = training;
  expect(Run.open(run.folder).config.heldOut).toBe(0.1);
  expect(run.pictures()?.hashes).toHaveLength(PICTURES);
  expect(run.config.dataset.content?.count).toBe(PICTURES);
  const heldOut = new Set(shadesOf(dataset.heldOut!));
  expect(dataset.heldOut!.count).toBe(4 * heldOut.size);
  expect(dataset.count).toBe(PICTURES - dataset.heldOut!.count);
  const seen = shadesOfAnEpoch(dataset, run.config);
  expect(seen.size).toBe(SHADES - heldOut.size);
  expect([...seen].filter((shade) => heldOut.has(shade))).toEqual([]);
  await trained(training);
});

test('resumed, where the pictures lie elsewhere under other names, it equals the uninterrupted run bit for bit', async () => {
  const whole = await trained(await newRun('whole', { heldOut: 0.3 }));
  const first = await trained(await newRun('halves', { heldOut: 0.3 }), 3);
  const moved = join(root, 'moved');
  fs.mkdirSync(moved);
  for (let picture = 0; picture < PICTURES; picture++)
    fs.copyFileSync(join(root, 'images', `${picture}.png`), join(moved, `${PICTURES - picture} new.png`));
  const source = { kind: 'files' as const, paths: [moved] };
  await relinkRun(join(root, 'runs', 'halves'), { ...how(), source, program: 'a test' });
  const again = await sameRun('halves');
  expect(again.run.config.heldOut).toBe(0.3);
  expect([...first, ...(await trained(again))]).toEqual(whole);
  const weights = (name: string) => Run.open(join(root, 'runs', name)).newestCheckpoint().checkpoint;
  expect(weights('halves')).toEqual(weights('whole'));
  expect(await trained(await newRun('none', { heldOut: 0 }))).not.toEqual(whole);
});

test('with changed pictures the same ones stay held out, however few there are by now', async () => {
  const training = await newRun('changed');
  const before = new Set(shadesOf(training.dataset.heldOut!));
  await trained(training, 2);
  const some = join(root, 'some');
  fs.mkdirSync(some);
  for (let shade = 100; shade < 256; shade++)
    fs.writeFileSync(join(some, `${shade}.png`), greyPng({ shade }));
  const source = { kind: 'files' as const, paths: [some] };
  await relinkRun(training.run.folder, { ...how(), source, changedData: 'go-on', program: 'a test' });
  const again = await sameRun('changed');
  expect(again.run.config.heldOut).toBe(0.1);
  const after = new Set(shadesOf(again.dataset.heldOut!));
  for (let shade = 100; shade < SHADES; shade++) expect(after.has(shade)).toBe(before.has(shade));
  expect(again.dataset.count + again.dataset.heldOut!.count).toBe(156);
  await trained(again);
});

test('a set of fewer than 1,000 pictures is trained on as a whole, also once there are more', async () => {
  const extra = join(root, 'images', '999.png');
  const bytes = fs.readFileSync(extra);
  fs.rmSync(extra);
  const training = await newRun('small');
  fs.writeFileSync(extra, bytes);
  expect(training.dataset).toMatchObject({ count: PICTURES - 1 });
  expect(training.dataset.heldOut).toBeUndefined();
  expect(Run.open(training.run.folder).config.heldOut).toBe(0);
  await trained(training, 1);
  const { dataset } = await openRunData(training.run, { ...how(), changedData: 'go-on' });
  expect([dataset.count, dataset.heldOut]).toEqual([PICTURES, undefined]);
  dataset.close();
});
