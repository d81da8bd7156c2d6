/** Has the files of a scan decoded, several at once, and hands over their pixels in the scan's order. */
import type { DatasetOptions, DatasetSummary, FileNote, LeftOut } from '../contract/index.ts';
import type { Decoders, PreparedPicture } from '../decoding/index.ts';
import { NoRegularFile, withRegularFile } from '../regular-file.ts';
import { throwIfCancelled } from './cancelled.ts';
import { inOrder } from './in-order.ts';
import { absolutePath, showPath, type FoundFile, type Scan } from './scan.ts';

/** What preparing found out, beside the pixels. */
export type Prepared = Pick<DatasetSummary, 'count' | 'leftOut' | 'notes' | 'originalSizes' | 'formats'>;

/**
 * Pictures begun and not yet handed over, for each that is decoded at once: a slow one must not hold up the
 * others.
 */
const AHEAD = 4;

type Outcome = { file: string; picture: PreparedPicture } | LeftOut;

/**
 * Prepares every file. A file that cannot be used is left out with its reason. Throws StudioError cancelled
 * or decoder-broken, and what `write` throws.
 */
export async function prepareImages({
  scan,
  options,
  decoders,
  write,
  signal,
  onProgress,
}: {
  scan: Scan;
  options: DatasetOptions;
  decoders: Decoders;
  /** Takes the next image, [size, size, channels] bytes. */
  write: (pixels: Uint8Array) => Promise<void>;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}): Promise<Prepared> {
  const work = async ({ path }: FoundFile): Promise<Outcome> => {
    throwIfCancelled(signal);
    const outcome = await decoders.prepare({ path: absolutePath(scan.root, path), options, signal });
    const file = showPath(path);
    return 'reason' in outcome ? { file, ...outcome } : { file, picture: outcome };
  };
  const leftOut: LeftOut[] = [];
  const notes: FileNote[] = [];
  const sizes: [number, number][] = [];
  const formats: Record<string, number> = {};
  let done = 0;
  for await (const outcome of inOrder(scan.files, { inFlight: AHEAD * decoders.count, work })) {
    throwIfCancelled(signal);
    if ('picture' in outcome) {
      const { file, picture } = outcome;
      await write(picture.pixels);
      sizes.push([picture.original.width, picture.original.height]);
      formats[picture.format] = (formats[picture.format] ?? 0) + 1;
      notes.push(...picture.notes.map((note) => ({ ...note, file })));
    } else {
      leftOut.push(outcome);
    }
    onProgress?.({ done: ++done, total: scan.files.length });
  }
  throwIfCancelled(signal);
  const originalSizes = describeSizes(sizes);
  return { count: sizes.length, leftOut, notes, formats, ...(originalSizes && { originalSizes }) };
}

function describeSizes(sizes: [number, number][]): Prepared['originalSizes'] {
  const ordered = [...sizes].sort((a, b) => a[0] * a[1] - b[0] * b[1]);
  const smallest = ordered[0];
  const median = ordered[Math.floor(ordered.length / 2)];
  const largest = ordered[ordered.length - 1];
  return smallest && median && largest ? { smallest, median, largest } : undefined;
}

/**
 * Whether a file that was left out as unreadable can be read by now, which no change of the file tells:
 * permission may have been given, a disk mended. Tries those files only.
 */
export async function canBeReadNow(scan: Scan, leftOut: LeftOut[]): Promise<boolean> {
  const names = new Set(leftOut.filter(({ reason }) => reason === 'unreadable').map(({ file }) => file));
  if (names.size === 0) return false;
  for (const { path } of scan.files) {
    if (names.has(showPath(path)) && !(await isUnreadable(absolutePath(scan.root, path)))) return true;
  }
  return false;
}

async function isUnreadable(path: Buffer): Promise<boolean> {
  try {
    await withRegularFile(path, async (handle) => handle.read({ buffer: Buffer.alloc(1), position: 0 }));
    return false;
  } catch (error) {
    return !(error instanceof NoRegularFile);
  }
}
