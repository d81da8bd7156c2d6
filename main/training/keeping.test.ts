/** What a run measures of itself when it has little time for it. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '../contract/index.ts';
import { noiseDataset } from '../datasets/index.ts';
import { Run } from '../runs/index.ts';
import { Keeping } from './keeping.ts';
import { Session } from './session.ts';
import { SMALL_RUN } from './test-run.ts';

const dataset = noiseDataset({ size: 28, channels: 1, count: 16 });
const config = SMALL_RUN;
/** So small that the first measurement is paid back after years alone. */
const SMALL = 1e-9;
const YEARS = 1e12;

let folder: string;
let session: Session;
let events: RunEvent[];
let seconds: number;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-keeping-'));
  session = new Session(config);
  events = [];
  seconds = 0;
});
afterEach(() => {
  session.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

function keepingOf(share: number): { keeping: Keeping; run: Run } {
  const run = Run.create(path.join(folder, 'run'), { ...config, measuring: { share, best: 'kid' } });
  run.prepare();
  const keeping = new Keeping({
    session,
    dataset,
    run,
    past: [],
    say: (event) => events.push(event),
    trainedSeconds: () => seconds,
    secondsOfThisTime: () => seconds,
    attempt: (action) => action(),
  });
  return { keeping, run };
}

function trainTo(step: number): void {
  while (session.step < step) session.takeStep({ images: dataset.batch({ step: 0, batch: 4, seed: 1 }) });
}

const measuredAt = () => events.flatMap((event) => (event.type === 'measures' ? [event.step] : []));

test('what there is no time for at its step is measured as soon as there is', () => {
  const { keeping } = keepingOf(SMALL);
  expect(keeping.measuresDue).toBe(true);
  keeping.measure();
  trainTo(100);
  expect(keeping.measuresDue).toBe(false);
  trainTo(101);
  seconds = YEARS;
  expect(keeping.measuresDue).toBe(true);
  keeping.measure();
  trainTo(102);
  expect(keeping.measuresDue).toBe(false);
  expect(measuredAt()).toEqual([0, 101]);
});

test('a checkpoint that there is no time for is saved and caught up with; the last one is measured where none was', () => {
  const { keeping, run } = keepingOf(SMALL);
  keeping.measure();
  trainTo(3);
  keeping.save();
  expect(run.checkpointSteps()).toEqual([3]);
  expect(measuredAt()).toEqual([0]);
  expect(run.best()).toBeUndefined();
  expect(keeping.measuresDue).toBe(false);
  keeping.measureLast();
  keeping.measureLast();
  expect(measuredAt()).toEqual([0, 3]);
  expect(run.best()).toMatchObject({ step: 3, metric: 'distance' });
  trainTo(5);
  keeping.save();
  trainTo(6);
  seconds = YEARS;
  expect(keeping.measuresDue).toBe(true);
});

test('a share of 0 measures nothing but the last checkpoint', () => {
  const { keeping, run } = keepingOf(0);
  seconds = YEARS;
  expect(keeping.measuresDue).toBe(false);
  trainTo(2);
  keeping.save();
  expect(keeping.measuresDue).toBe(false);
  expect(events.map(({ type }) => type)).toEqual(['checkpoint-saved']);
  keeping.measureLast();
  expect(run.best()).toMatchObject({ step: 2, metric: 'distance' });
});

test('a checkpoint is due after its minutes, also when the clock was set back or forward by an hour', () => {
  vi.useFakeTimers();
  try {
    for (const change of [-3_600_000, 3_600_000]) {
      const { keeping, run } = keepingOf(0);
      trainTo(1);
      vi.setSystemTime(Date.now() + change);
      expect(keeping.checkpointDue).toBe(false);
      vi.advanceTimersByTime(run.config.checkpoints.everyMinutes * 60_000);
      expect(keeping.checkpointDue).toBe(true);
      fs.rmSync(path.join(folder, 'run'), { recursive: true });
    }
  } finally {
    vi.useRealTimers();
  }
});
