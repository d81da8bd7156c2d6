/** `check-images`: decodes every file in a folder as a data set would, and reports the result of each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_DATASET_OPTIONS, type DatasetOptions, type LeftOutReason } from '../contract/index.ts';
import { scanFiles, writeMutatedFiles } from '../datasets/index.ts';
import type { Decoders, PreparedPicture, WhyLeftOut } from '../decoding/index.ts';
import { sheetPng } from '../runs/index.ts';
import { withDecoders } from './default-decoders.ts';
import { interruptibly } from './follow.ts';
import { forTerminal } from './for-terminal.ts';
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

/**
 * The results for a folder's files. `longest`: the slowest file; `peakMegabytes`: the most memory of one
 * decoding process; `deadlines`: decoders stopped since they took too long; `aborts`: decoders that ended by
 * themselves.
 */
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

/**
 * Decodes the files, or `mutate` damaged copies of them, and prints the tally. Returns whether no decoder had
 * to be stopped and none crashed.
 */
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
  const { files, leftOut } = await scanFiles({ paths: [folder], signal });
  const { size, framing, background } = flags;
  const options: DatasetOptions = { ...DEFAULT_DATASET_OPTIONS, size, framing, background };
  const progress = new Progress('Decoding');
  const start = performance.now();
  const tally = new Tally(files.length + leftOut.length);
  for (const { reason } of leftOut) tally.leave(reason);
  const waiting = files.values();
  let done = 0;
  // Each lane waits for its picture, so that every measured time is that of one picture.
  const lane = async (): Promise<void> => {
    for (const { path: file, place } of waiting) {
      const began = performance.now();
      const outcome = await decoders.prepare({ ...place, options, signal });
      const name = file.toString('utf8');
      tally.add({ name, outcome, milliseconds: Math.round(performance.now() - began) });
      show({ name, outcome, flags, options });
      progress.show({ done: ++done, total: files.length });
    }
  };
  await Promise.all(Array.from({ length: decoders.count }, lane));
  progress.end();
  const { deadlines, aborts, memory } = decoders.tally;
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  return { ...tally.counts, deadlines, aborts, peakMegabytes: Math.round(memory / 1e6), seconds };
}

type Seen = { name: string; outcome: PreparedPicture | WhyLeftOut };

/** Counts the results of the files. */
class Tally {
  readonly counts: Omit<ImagesTally, 'deadlines' | 'aborts' | 'peakMegabytes' | 'seconds'>;

  constructor(files: number) {
    this.counts = { files, used: 0, leftOut: {}, notes: {}, longest: { milliseconds: 0, file: '' } };
  }

  leave(reason: LeftOutReason): void {
    this.counts.leftOut[reason] = (this.counts.leftOut[reason] ?? 0) + 1;
  }

  add({ name, outcome, milliseconds }: Seen & { milliseconds: number }): void {
    const { counts } = this;
    if (milliseconds > counts.longest.milliseconds) counts.longest = { milliseconds, file: name };
    if ('reason' in outcome) {
      this.leave(outcome.reason);
      return;
    }
    counts.used += 1;
    for (const { kind } of outcome.notes) counts.notes[kind] = (counts.notes[kind] ?? 0) + 1;
  }
}

/** With --list, prints the result of a file; with --compare, writes the file as it was decoded. */
function show({
  name,
  outcome,
  flags,
  options,
}: Seen & { flags: CheckImagesFlags; options: DatasetOptions }): void {
  if (flags.list) process.stderr.write(`${forTerminal(`${name}: ${wordsOf(outcome)}`)}\n`);
  const folder = flags.compare === true ? `${path.resolve(flags.folder)}-seen` : flags.compare;
  if (folder === undefined || 'reason' in outcome) return;
  const file = path.join(folder, `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  const pixels = new Uint8Array(outcome.pixels);
  writeFileSync(file, sheetPng({ count: 1, size: options.size, channels: 3, pixels }));
}

function wordsOf(outcome: Seen['outcome']): string {
  if ('reason' in outcome) return `${outcome.reason} (${outcome.detail})`;
  return ['used', ...outcome.notes.map(({ detail }) => detail)].join('; ');
}
