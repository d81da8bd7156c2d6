/**
 * Measures how soon many runs are listed, and how soon the history of a long run is read. It makes the runs
 * itself.
 */
import { mkdirSync, mkdtempSync, openSync, closeSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_RUN_CONFIG, type RunEvent } from '../contract/index.ts';
import { readHistory, readRuns, Run } from '../runs/index.ts';

const RUNS = 500;
/** Steps of each of the many runs. */
const STEPS = 3000;
const LONG_STEPS = 1_000_000;
const CHECKPOINT_EVERY = 500;
const MILLISECONDS_A_STEP = 50;
/** Steps that are written at a time. */
const PIECE = 10_000;

export type RunListFigure = {
  case: string;
  rows: number;
  seconds: number;
  processorSeconds: number;
  megabytes: number;
};

/**
 * Yields the time, the processor time and the memory of the process, each for a first and a second reading.
 */
export function* benchRunList(): Generator<RunListFigure> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'gan-studio-run-list-'));
  try {
    const many = path.join(place, 'many');
    mkdirSync(many);
    for (let index = 0; index < RUNS; index++) makeRun(path.join(many, `run ${index}`), STEPS);
    for (const when of ['first', 'again'])
      yield timed(`list of ${RUNS} runs, ${when}`, () => readRuns(many).runs.length);
    const long = path.join(place, 'long');
    makeRun(long, LONG_STEPS);
    for (const when of ['first', 'again'])
      yield timed(`history of ${LONG_STEPS} steps, ${when}`, () => readHistory(long).steps.length);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function timed(name: string, read: () => number): RunListFigure {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const rows = read();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return {
    case: name,
    rows,
    seconds: short(seconds),
    processorSeconds: short((user + system) / 1e6),
    megabytes: Math.round(process.memoryUsage().rss / 1e6),
  };
}

const short = (seconds: number): number => Number(seconds.toPrecision(3));

/** Makes a run like one that was trained, without its checkpoints. */
function makeRun(folder: string, steps: number): void {
  Run.create(folder, { ...DEFAULT_RUN_CONFIG, name: path.basename(folder) });
  const log = openSync(path.join(folder, 'events.jsonl'), 'w');
  for (let from = 1; from <= steps; from += PIECE) {
    const lines: string[] = [];
    for (let step = from; step < Math.min(from + PIECE, steps + 1); step++) lines.push(...linesOf(step));
    writeSync(log, lines.join(''));
  }
  closeSync(log);
}

function linesOf(step: number): string[] {
  const [discriminator, generator] = [1.3 + Math.sin(step) / 3, 0.9 + Math.cos(step) / 3];
  const events: RunEvent[] = [
    {
      type: 'losses',
      step,
      losses: { discriminator, generator },
      measures: { 'augmentation probability': Math.abs(generator) / 3 },
    },
  ];
  if (step % CHECKPOINT_EVERY === 0)
    events.push(
      { type: 'samples', step, file: Run.samplesFile(step) },
      { type: 'measures', step, values: { distance: 1 / step, kid: 10 / step }, errors: { kid: 0.01 } },
      {
        type: 'checkpoint-saved',
        step,
        file: `checkpoints/step-${step}.safetensors`,
        trainedSeconds: step / 20,
      },
    );
  const time = new Date(Date.UTC(2026, 0, 1) + step * MILLISECONDS_A_STEP).toISOString();
  return events.map((event) => `${JSON.stringify({ time, ...event })}\n`);
}
