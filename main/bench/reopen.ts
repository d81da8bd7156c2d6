/**
 * Measures how soon a large data set is open again with its content known, and how the memory of the opening
 * process grows. It makes the pictures itself.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_DATASET_OPTIONS } from '../contract/index.ts';
import { openDataset } from '../datasets/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { randomWords } from '../random.ts';
import { sheetPng } from '../runs/index.ts';

const PICTURES = 20_000;
const SIDE = 64;
/** Pictures that are added before the last opening, which decodes them alone. */
const ADDED = 10;
const A_FOLDER = 1000;

export type ReopenFigure = {
  case: string;
  pictures: number;
  seconds: number;
  decoded: number;
  fingerprint: string;
  /** Memory of the process, without its decoders, after each quarter of the decoding. */
  megabytes: number[];
};

export async function* benchReopen({
  folders,
  decoders,
}: {
  folders: Folders;
  decoders: Decoders;
}): AsyncGenerator<ReopenFigure> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'gan-studio-reopen-'));
  try {
    const data = path.join(place, 'data');
    for (let index = 0; index < PICTURES; index++) writePicture(data, index);
    const given = { data, folders: { ...folders, cache: path.join(place, 'cache') }, decoders };
    yield { case: 'first', ...(await openOnce(given)) };
    yield { case: 'again', ...(await openOnce(given)) };
    for (let index = 0; index < ADDED; index++) writePicture(data, PICTURES + index);
    yield { case: `with ${ADDED} more`, ...(await openOnce(given)) };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Writes a picture of coloured blocks, which are different in each. */
function writePicture(data: string, index: number): void {
  const folder = path.join(data, `part ${Math.floor(index / A_FOLDER)}`);
  if (index % A_FOLDER === 0) mkdirSync(folder, { recursive: true });
  const blocks = new Uint8Array(randomWords({ seed: 1, stream: 'latent', step: index }, 48).buffer);
  const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => {
    const [row, column] = [Math.floor(at / 3 / SIDE), Math.floor(at / 3) % SIDE];
    return blocks[(Math.floor(row / 8) * 8 + Math.floor(column / 8)) * 3 + (at % 3)] ?? 0;
  });
  writeFileSync(path.join(folder, `${index}.png`), sheetPng({ count: 1, size: SIDE, channels: 3, pixels }));
}

async function openOnce({
  data,
  folders,
  decoders,
}: {
  data: string;
  folders: Folders;
  decoders: Decoders;
}): Promise<Omit<ReopenFigure, 'case'>> {
  let decoded = 0;
  const counting: Decoders = {
    ...decoders,
    prepare(request) {
      decoded += 1;
      return decoders.prepare(request);
    },
  };
  const start = performance.now();
  const megabytes: number[] = [];
  const dataset = await openDataset({
    source: { kind: 'files', paths: [data] },
    options: { ...DEFAULT_DATASET_OPTIONS, size: SIDE },
    folders,
    decoders: counting,
    onProgress({ stage, done, total }) {
      if (stage === 'decoding' && total !== undefined && done % Math.floor(total / 4) === 0)
        megabytes.push(Math.round(process.memoryUsage().rss / 1e6));
    },
  });
  const seconds = Number(((performance.now() - start) / 1000).toPrecision(3));
  const { count, summary } = dataset;
  dataset.close();
  const fingerprint = summary.content?.fingerprint ?? '';
  return { pictures: count, seconds, decoded, fingerprint, megabytes };
}
