/**
 * A real process is killed while a run goes back to an earlier step: nothing is lost, and doing it again
 * completes it.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_RUN_CONFIG, type ImageBatch } from '../contract/index.ts';
import type { Checkpoint } from './checkpoint-file.ts';
import { realDisk, type Disk } from './disk.ts';
import { listRuns, Run } from './index.ts';

const GO_BACK = fileURLToPath(new URL('../../build/test/go-back.cjs', import.meta.url));
const BACK_TO = 2;
const LAST = 14;
const STEPS = Array.from({ length: LAST }, (_, index) => index + 1);
const LATER = STEPS.filter((step) => step > BACK_TO);
/** Number of kills, spread over the time that going back takes. */
const KILLS = 8;
const LEAST_HALFWAY = 2;
/** Without fsync: what the test itself writes need not survive a power cut. */
const quickDisk: Disk = { ...realDisk, sync: () => undefined, syncFolder: () => undefined };

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-killed-going-back-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const checkpoint = (step: number): Checkpoint => ({
  step,
  tensors: { 'weights/generator/a/kernel': { shape: [2], values: Float32Array.of(step, -step) } },
  learningRateFactor: 1,
  refusals: 0,
  configHash: 'a',
});
const images: ImageBatch = { count: 1, size: 4, channels: 1, pixels: new Uint8Array(16) };

/**
 * A run with a checkpoint and a sheet of every step; the best lies beyond the step to go back to, some are
 * kept.
 */
function begin(): string {
  const place = path.join(folder, 'whole');
  const checkpoints = { ...DEFAULT_RUN_CONFIG.checkpoints, keep: LAST };
  const run = Run.create(place, { ...DEFAULT_RUN_CONFIG, checkpoints }, quickDisk);
  for (const step of STEPS) {
    run.saveSamples(step, images);
    run.saveCheckpoint(checkpoint(step));
  }
  run.setBest({ step: LAST - 1, metric: 'kid', value: 1 });
  for (const step of [1, 5, LAST]) run.keepCheckpoint(step, true);
  return place;
}

/**
 * Starts a process that goes back, kills it this long after it has begun, and returns how long it took if it
 * was not killed.
 */
function goBack(run: string, milliseconds: number): Promise<{ wasKilled: boolean; took: number }> {
  const child = spawn(process.execPath, [GO_BACK, run, String(BACK_TO)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let began = 0;
  let timer: NodeJS.Timeout | undefined;
  child.stdout.once('data', () => {
    began = performance.now();
    if (Number.isFinite(milliseconds)) timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const wasKilled = signal === 'SIGKILL';
      if (wasKilled || code === 0) resolve({ wasKilled, took: performance.now() - began });
      else reject(new Error(`It ended with exit code ${code}.`));
    });
  });
}

const givenUp = (run: string) => path.join(run, 'checkpoints', 'given-up');
const namesIn = (place: string) => (fs.existsSync(place) ? fs.readdirSync(place).sort() : []);
const fileOf = (step: number, ending: string) => `step-${String(step).padStart(9, '0')}.${ending}`;

/** Steps whose file with this extension is not whole in exactly one of the two folders. */
function lost(run: string, whole: string, { from, ending }: { from: string; ending: string }): number[] {
  return STEPS.filter((step) => {
    const name = fileOf(step, ending);
    const there = [path.join(run, from, name), path.join(givenUp(run), name)].filter((file) =>
      fs.existsSync(file),
    );
    const wanted = fs.readFileSync(path.join(whole, from, name));
    return there.length !== 1 || !fs.readFileSync(there[0]!).equals(wanted);
  });
}

const FILES = [
  { from: 'checkpoints', ending: 'safetensors' },
  { from: 'samples', ending: 'png' },
];

test('killed at any moment, it opens where it was or where it went back to, and every file is whole', async () => {
  const whole = begin();
  const copy = (name: string): string => {
    const place = path.join(folder, name);
    fs.cpSync(whole, place, { recursive: true });
    return place;
  };
  const { took } = await goBack(copy('unharmed'), Infinity);
  let halfway = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const run = copy(`run-${kill}`);
    const { wasKilled } = await goBack(run, (took * kill) / KILLS);
    const moved = namesIn(givenUp(run)).length;
    if (wasKilled && moved > 0 && moved < 2 * LATER.length) halfway++;
    for (const files of FILES) expect(lost(run, whole, files), `kill ${kill}`).toEqual([]);

    const opened = Run.open(run, quickDisk);
    const { checkpoint: newest, damaged } = opened.newestCheckpoint();
    expect(newest).toEqual(checkpoint(opened.checkpointSteps().length === BACK_TO ? BACK_TO : LAST));
    expect(damaged).toEqual([]);

    opened.giveUpAfter(BACK_TO);
    for (const files of FILES) expect(lost(run, whole, files), `kill ${kill}, finished`).toEqual([]);
    expect(namesIn(givenUp(run))).toHaveLength(2 * LATER.length);
    expect([opened.checkpointSteps(), opened.sampleSteps()]).toEqual([
      [2, 1],
      [2, 1],
    ]);
    expect([opened.best(), opened.keptCheckpoints()]).toEqual([undefined, [1]]);
  }
  expect(halfway).toBeGreaterThanOrEqual(LEAST_HALFWAY);
  expect(listRuns(folder).filter(({ checkpoint: newest }) => newest === BACK_TO)).toHaveLength(KILLS + 1);
}, 60_000);
