/** What a run measures, and when, if it has little time for that. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '../contract/index.ts';
import { noiseDataset } from '../datasets/index.ts';
import { Run } from '../runs/index.ts';
import { RunSaver } from './run-saver.ts';
import { Session } from './session.ts';
import { SMALL_RUN } from './test-run.ts';

const dataset = noiseDataset({ size: 28, channels: 1, count: 16 });
const config = SMALL_RUN;
/** So small that the first measurement uses up the budget of years. */
const SMALL = 1e-9;
const YEARS = 1e12;

let folder: string;
let session: Session;
let events: RunEvent[];
let seconds: number;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'studio-saver-'));
  session = new Session(config);
  events = [];
  seconds = 0;
});
afterEach(() => {
  session.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

function saverOf(share: number): { saver: RunSaver; run: Run } {
  const run = Run.create(path.join(folder, 'run'), { ...config, measuring: { share, best: 'kid' } });
  run.prepare();
  const saver = new RunSaver({
    session,
    dataset,
    run,
    past: [],
    say: (event) => events.push(event),
    trainedSeconds: () => seconds,
    secondsOfThisTime: () => seconds,
    attempt: (action) => action(),
  });
  return { saver, run };
}

function trainTo(step: number): void {
  while (session.step < step) session.takeStep({ images: dataset.batch({ step: 0, batch: 4, seed: 1 }) });
}

const measuredAt = () => events.flatMap((event) => (event.type === 'measures' ? [event.step] : []));

test('what there is no time for at its step is measured as soon as there is', () => {
  const { saver } = saverOf(SMALL);
  expect(saver.measuresDue).toBe(true);
  saver.measure();
  trainTo(100);
  expect(saver.measuresDue).toBe(false);
  trainTo(101);
  seconds = YEARS;
  expect(saver.measuresDue).toBe(true);
  saver.measure();
  trainTo(102);
  expect(saver.measuresDue).toBe(false);
  expect(measuredAt()).toEqual([0, 101]);
});

test('a checkpoint that there is no time for is saved, and measured later; the last one is measured if none was', () => {
  const { saver, run } = saverOf(SMALL);
  saver.measure();
  trainTo(3);
  saver.save();
  expect(run.checkpointSteps()).toEqual([3]);
  expect(measuredAt()).toEqual([0]);
  expect(run.best()).toBeUndefined();
  expect(saver.measuresDue).toBe(false);
  saver.measureLast();
  saver.measureLast();
  expect(measuredAt()).toEqual([0, 3]);
  expect(run.best()).toMatchObject({ step: 3, metric: 'distance' });
  trainTo(5);
  saver.save();
  trainTo(6);
  seconds = YEARS;
  expect(saver.measuresDue).toBe(true);
});

test('a share of 0 measures nothing but the last checkpoint', () => {
  const { saver, run } = saverOf(0);
  seconds = YEARS;
  expect(saver.measuresDue).toBe(false);
  trainTo(2);
  saver.save();
  expect(saver.measuresDue).toBe(false);
  expect(events.map(({ type }) => type)).toEqual(['checkpoint-saved']);
  saver.measureLast();
  expect(run.best()).toMatchObject({ step: 2, metric: 'distance' });
});

test('a checkpoint is due after its minutes, also when the clock was set back or forward by an hour', () => {
  vi.useFakeTimers();
  try {
    for (const change of [-3_600_000, 3_600_000]) {
      const { saver, run } = saverOf(0);
      trainTo(1);
      vi.setSystemTime(Date.now() + change);
      expect(saver.checkpointDue).toBe(false);
      vi.advanceTimersByTime(run.config.checkpoints.everyMinutes * 60_000);
      expect(saver.checkpointDue).toBe(true);
      fs.rmSync(path.join(folder, 'run'), { recursive: true });
    }
  } finally {
    vi.useRealTimers();
  }
});
