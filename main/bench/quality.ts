/**
 * Measures how good presets get in the same processor time, beside GANs in PyTorch of equal width. Every row
 * trains in a process of its own with one thread, and the same metrics compare its samples with pictures that
 * no row has trained on.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  DEFAULT_DATASET_OPTIONS,
  DEFAULT_RUN_CONFIG,
  StudioError,
  type RunConfig,
} from '../contract/index.ts';
import { openDataset, type Dataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { openEfficientNet } from '../metrics/index.ts';
import { sheetPng, writeWhole } from '../runs/index.ts';
import { completeConfig } from '../training/index.ts';
import { runToEnd } from './child.ts';
import { commit } from './commit.ts';
import { named } from './named.ts';
import { samplePeer } from './peer.ts';
import peerProgram from './peer_quality.py?raw';
import { qualityPage } from './quality-page.ts';
import { addResult, isMeasured, readResults, type Result } from './quality-record.ts';
import { configOf, ROWS, type Row } from './quality-rows.ts';
import { referencesOf, scoresAgainst, type References } from './quality-scores.ts';
import { picturesOf, SETS, type Pictures, type SetName } from './quality-sets.ts';
import { trainedSchema, type QualityTask, type Trained } from './quality-task.ts';

const SAMPLES = 500;
const SHOWN = 64;
const SECONDS_PER_MINUTE = 60;
/** With one thread, rows are comparable whatever else the machine does. */
const ONE_THREAD = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  TF_CPP_MIN_LOG_LEVEL: '2',
};

export type QualityFlags = {
  minutes: number;
  rows: string[];
  sets: string[];
  seeds: number[];
  /** A virtual environment with PyTorch; peers are left out if undefined. */
  venv: string | undefined;
  /** This program's command line. */
  program: string;
  /** The folder of quality.json and quality.md. */
  into: string;
};

type Bench = QualityFlags & { folders: Folders; decoders: Decoders };

const resultsIn = (into: string): string => path.join(into, 'quality.json');

function writePage(into: string): void {
  writeWhole(path.join(into, 'quality.md'), qualityPage(readResults(resultsIn(into))));
}

/** A set whose pictures are open: those that rows train on, and the held-out ones. */
type OpenedSet = { name: SetName; pictures: Pictures; training: Dataset; heldOut: Dataset };

/**
 * Measures what is not in the file of results yet, adds each result to it, and yields it with the file of its
 * sheet.
 */
export async function* benchQuality(bench: Bench): AsyncGenerator<Result & { grid: string }> {
  const rows = named({ cases: ROWS, nameOf: ({ row }) => row, names: bench.rows, what: 'row' });
  const sets = named({ cases: SETS, nameOf: (name) => name, names: bench.sets, what: 'set' });
  const network = openEfficientNet(bench.folders.features);
  if (!network)
    throw new StudioError({
      code: 'features-missing',
      message: 'Nothing can be measured without EfficientNet-Lite0.',
      remedy: 'Run: npm run setup',
    });
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'gan-studio-quality-'));
  writePage(bench.into);
  try {
    for (const name of sets) {
      const opened = await openSet(name, bench);
      const references = referencesOf(all(opened.training), all(opened.heldOut), network);
      for (const seed of bench.seeds)
        for (const row of rows) {
          const result = await measure({ row, seed, opened, references, place }, bench);
          if (result) yield result;
        }
      opened.training.close();
      opened.heldOut.close();
    }
  } finally {
    network.dispose();
    fs.rmSync(place, { recursive: true, force: true });
  }
}

type RowInput = { row: Row; seed: number; opened: OpenedSet; references: References; place: string };

/** Undefined if there is nothing to measure. */
async function measure(
  { row, seed, opened, references, place }: RowInput,
  bench: Bench,
): Promise<(Result & { grid: string }) | undefined> {
  const { minutes, into, venv, folders } = bench;
  const file = resultsIn(into);
  const made = { row: row.row, set: opened.name, seed, minutes, settings: settingsOf(row) };
  const isIdle =
    (row.maker.kind === 'peer' && venv === undefined) ||
    (row.maker.kind === 'real' && seed !== bench.seeds[0]);
  if (isIdle || isMeasured(readResults(file), made)) return undefined;
  const samples = path.join(place, 'samples');
  const trained = await makeSamples({ row, seed, opened, place, samples }, bench);
  const { size, channels } = opened.training;
  const bytes = fs.readFileSync(samples);
  const scores = scoresAgainst(imagesFrom(bytes, { size, channels }), references);
  const grid = path.join(folders.cache, 'quality', `${row.row}-${opened.name}-${seed}.png`);
  fs.mkdirSync(path.dirname(grid), { recursive: true });
  fs.writeFileSync(
    grid,
    sheetPng({ count: SHOWN, size, channels: channels === 1 ? 1 : 3, pixels: Uint8Array.from(bytes) }),
  );
  const result = {
    ...made,
    commit: commit(),
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    ...trained,
    ...scores,
  };
  addResult(file, result);
  writePage(into);
  return { ...result, grid };
}

async function makeSamples(
  { row: { maker }, seed, opened, place, samples }: Omit<RowInput, 'references'> & { samples: string },
  { minutes, venv, program }: Bench,
): Promise<Trained | undefined> {
  const { training, pictures } = opened;
  const seconds = minutes * SECONDS_PER_MINUTE;
  if (maker.kind === 'real') {
    fs.writeFileSync(
      samples,
      bytesOfAll(training).subarray(0, SAMPLES * training.size ** 2 * training.channels),
    );
    return undefined;
  }
  if (maker.kind === 'peer') {
    const real = path.join(place, 'pictures');
    fs.writeFileSync(real, bytesOfAll(training));
    const { size, channels } = training;
    const shape = { model: maker.model, width: maker.width, size, channels };
    return trainedSchema.parse(
      await samplePeer(
        venv ?? '',
        { ...shape, seconds, seed, count: SAMPLES, pictures: real, samples },
        ONE_THREAD,
      ),
    );
  }
  const config = configOf(maker.recommended, datasetOf(pictures), seed);
  const task: QualityTask = { config, seconds, count: SAMPLES, samples };
  const file = path.join(place, 'task.json');
  fs.writeFileSync(file, JSON.stringify(task));
  const words = [program, 'bench', 'quality-row', '--task', file];
  const { status, stdout, stderr } = await runToEnd(process.execPath, words, ONE_THREAD);
  if (status !== 0) throw new Error(`Training ended with ${status}: ${stderr.slice(-500)}`);
  return trainedSchema.parse(JSON.parse(stdout));
}

async function openSet(name: SetName, { folders, decoders }: Bench): Promise<OpenedSet> {
  const pictures = picturesOf(name, folders);
  const open = (paths: string[]) =>
    openDataset({ source: { kind: 'files', paths }, options: pictures.options, folders, decoders });
  return { name, pictures, training: await open(pictures.training), heldOut: await open(pictures.heldOut) };
}

const datasetOf = ({ training, options }: Pictures): RunConfig['dataset'] => ({
  source: { kind: 'files', paths: training },
  options,
  leftOut: [],
});

/** A hash of the row's settings, apart from the set, the seed and the time. */
function settingsOf({ maker }: Row): string {
  const settings = maker.kind === 'ours' ? settingsOfOurs(maker.recommended) : { maker, peerProgram };
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 8);
}

function settingsOfOurs(recommended: Parameters<typeof configOf>[0]): object {
  const { gan, loss, stabilisers, turns, z, optimizer, batch, averaging } = completeConfig(
    configOf(recommended, { ...DEFAULT_RUN_CONFIG.dataset, options: DEFAULT_DATASET_OPTIONS }, 1),
  );
  return { gan, loss, stabilisers, turns, z, optimizer, batch, averaging };
}

const bytesOfAll = (dataset: Dataset): Uint8Array =>
  dataset.bytes(Array.from({ length: dataset.count }, (_, index) => index));

const all = (dataset: Dataset) => imagesFrom(bytesOfAll(dataset), dataset);

const imagesFrom = (bytes: Uint8Array, { size, channels }: { size: number; channels: number }) => ({
  size,
  channels,
  numbers: Float32Array.from(bytes, (byte) => byte / 127.5 - 1),
});
