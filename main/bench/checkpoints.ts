/** Measures what a checkpoint costs: how long training pauses for one, beside the time of a step. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../contract/index.ts';
import { noiseDataset } from '../datasets/index.ts';
import { Run } from '../runs/index.ts';
import { QuickMeasuring, Session } from '../training/index.ts';
import { median } from '../median.ts';

const ROUNDS = 5;
const CASES = [
  { size: 28, width: 32, batch: 64 },
  { size: 64, width: 32, batch: 64 },
  { size: 64, width: 64, batch: 32 },
  { size: 128, width: 64, batch: 16 },
] as const;

/** Milliseconds, medians over the rounds; `bytes` are those of the tensors. */
export type CheckpointCost = {
  case: string;
  bytes: number;
  distanceMs: number;
  copyMs: number;
  writeMs: number;
  stepMs: number;
};

/** Measures every case in turn. */
export function* benchCheckpoints(): Generator<CheckpointCost> {
  for (const { size, width, batch } of CASES) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-bench-'));
    const {
      dataset: { options },
    } = DEFAULT_RUN_CONFIG;
    const config: RunConfig = {
      ...DEFAULT_RUN_CONFIG,
      batch,
      gan: { kind: 'dcgan', options: { width } },
      dataset: { ...DEFAULT_RUN_CONFIG.dataset, options: { ...options, size, colour: 'rgb' } },
    };
    try {
      yield { case: `dcgan${size}-w${width}-b${batch}`, ...measure(config, path.join(folder, 'run')) };
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

function measure(config: RunConfig, folder: string): Omit<CheckpointCost, 'case'> {
  const session = new Session(config);
  const run = Run.create(folder, config);
  const data = noiseDataset({ size: config.dataset.options.size, channels: 3, count: 1000 });
  const measuring = new QuickMeasuring(data);
  measuring.judged = { images: data.batch({ step: 0, batch: config.batch, seed: 1 }) };
  const rounds = Array.from({ length: ROUNDS + 1 }, () => {
    const stepMs = milliseconds(() =>
      session.takeStep({ images: data.batch({ step: session.step, batch: config.batch, seed: 1 }) }),
    );
    const distanceMs = milliseconds(() => measuring.of(session));
    let checkpoint = session.checkpoint();
    const copyMs = milliseconds(() => {
      checkpoint = session.checkpoint();
    });
    return { stepMs, distanceMs, copyMs, writeMs: milliseconds(() => run.saveCheckpoint(checkpoint)) };
  }).slice(1);
  session.dispose();
  const { checkpoint } = run.newestCheckpoint();
  const bytes = Object.values(checkpoint.tensors).reduce((sum, { values }) => sum + values.byteLength, 0);
  const middle = (figure: 'stepMs' | 'distanceMs' | 'copyMs' | 'writeMs') =>
    Math.round(median(rounds.map((round) => round[figure])) * 10) / 10;
  return {
    bytes,
    distanceMs: middle('distanceMs'),
    copyMs: middle('copyMs'),
    writeMs: middle('writeMs'),
    stepMs: middle('stepMs'),
  };
}

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
