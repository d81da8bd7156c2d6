/** `check-images`: decodes every file below a folder as a data set would, and tells what became of each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions, type LeftOutReason } from '../contract/index.ts';
import { scanFolder, writeMutatedFiles } from '../datasets/index.ts';
import type { Decoders, PreparedPicture } from '../decoding/index.ts';
import { sheetPng } from '../runs/index.ts';
import { withDecoders } from './default-decoders.ts';
import { interruptibly } from './follow.ts';
import { Progress } from './progress.ts';

export type CheckImagesFlags = {
  folder: string;
  size: DatasetOptions['size'];
  framing: DatasetOptions['framing'];
  background: string;
  compare?: string | true;
  mutate?: number;
  seed: number;
  list: boolean;
};

/** What became of a folder's files. `longest`: milliseconds of the slowest, and its name; `peakMegabytes`: the most that one decoding process has held. */
export type ImagesTally = {
  files: number;
  used: number;
  leftOut: Partial<Record<LeftOutReason, number>>;
  notes: Record<string, number>;
  deadlines: number;
  aborts: number;
  longest: { milliseconds: number; file: string };
  peakMegabytes: number;
  seconds: number;
};

/** Decodes the files, or so many mutations of them. True when no decoder had to be stopped and none broke down. */
export async function checkImagesCommand(flags: CheckImagesFlags): Promise<boolean> {
  const tally = await interruptibly((signal) =>
    withDecoders(async (decoders) => {
      if (flags.mutate === undefined)
        return checkFolder(path.resolve(flags.folder), { flags, decoders, signal });
      const place = mkdtempSync(path.join(os.tmpdir(), 'gan-studio-mutated-'));
      try {
        await writeMutatedFiles({
          from: path.resolve(flags.folder),
          into: place,
          count: flags.mutate,
          seed: flags.seed,
        });
        return await checkFolder(place, { flags, decoders, signal });
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    }),
  );
  process.stdout.write(`${JSON.stringify(tally)}\n`);
  return tally.deadlines === 0 && tally.aborts === 0;
}

async function checkFolder(
  folder: string,
  { flags, decoders, signal }: { flags: CheckImagesFlags; decoders: Decoders; signal: AbortSignal },
): Promise<ImagesTally> {
  const { root, files, leftOut } = await scanFolder({ folder, signal });
  const options: DatasetOptions = {
    ...DEFAULT_DATASET_OPTIONS,
    size: flags.size,
    framing: flags.framing,
    background: flags.background,
  };
  const seen = flags.compare === true ? `${path.resolve(flags.folder)}-seen` : flags.compare;
  const progress = new Progress('Decoding');
  const start = performance.now();
  const tally: ImagesTally = {
    files: files.length + leftOut.length,
    used: 0,
    leftOut: {},
    notes: {},
    deadlines: 0,
    aborts: 0,
    longest: { milliseconds: 0, file: '' },
    peakMegabytes: 0,
    seconds: 0,
  };
  const leave = (reason: LeftOutReason) => {
    tally.leftOut[reason] = (tally.leftOut[reason] ?? 0) + 1;
  };
  for (const { reason } of leftOut) leave(reason);
  let next = 0;
  let done = 0;
  // Each lane waits for its picture, so that the time is that of one picture.
  await Promise.all(
    Array.from({ length: decoders.count }, async () => {
      for (let file = files[next++]; file !== undefined; file = files[next++]) {
        const name = file.path.toString('utf8');
        const began = performance.now();
        const outcome = await decoders.prepare({
          path: Buffer.concat([Buffer.from(`${root}/`), file.path]),
          options,
          signal,
        });
        const milliseconds = Math.round(performance.now() - began);
        if (milliseconds > tally.longest.milliseconds) tally.longest = { milliseconds, file: name };
        if ('reason' in outcome) leave(outcome.reason);
        else use(tally, outcome);
        if (flags.list)
          process.stderr.write(
            `${name}: ${'reason' in outcome ? `${outcome.reason} (${outcome.detail})` : ['used', ...outcome.notes.map(({ detail }) => detail)].join('; ')}\n`,
          );
        if (seen !== undefined && !('reason' in outcome))
          writeSeen(path.join(seen, `${name}.png`), outcome, options);
        progress.show({ done: ++done, total: files.length });
      }
    }),
  );
  progress.end();
  const { deadlines, aborts, memory } = decoders.tally;
  return {
    ...tally,
    deadlines,
    aborts,
    peakMegabytes: Math.round(memory / 1e6),
    seconds: Math.round((performance.now() - start) / 100) / 10,
  };
}

function use(tally: ImagesTally, { notes }: PreparedPicture): void {
  tally.used += 1;
  for (const { kind } of notes) tally.notes[kind] = (tally.notes[kind] ?? 0) + 1;
}

function writeSeen(file: string, { pixels }: PreparedPicture, { size }: DatasetOptions): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, sheetPng({ count: 1, size, channels: 3, pixels: new Uint8Array(pixels) }));
}
