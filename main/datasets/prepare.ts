/** Reads and decodes the files of a scan, several at once, and hands over their pixels in the scan's order. */
import { open } from 'node:fs/promises';
import type { DatasetOptions, DatasetSummary, LeftOut } from '../contract/index.ts';
import { throwIfCancelled } from './cancelled.ts';
import { checkSize, decodeImage, upright } from './decode.ts';
import { describeOther, identifyFormat, readHeader, START_BYTES, type Format } from './header.ts';
import { inOrder } from './in-order.ts';
import { createMemoryBudget, type MemoryBudget } from './memory-budget.ts';
import { absolutePath, codeOf, showPath, type FoundFile, type Scan } from './scan.ts';
import { Unusable } from './unusable.ts';

/** What preparing found out, beside the pixels. */
export type Prepared = Pick<DatasetSummary, 'count' | 'leftOut' | 'originalSizes' | 'formats'>;

/** 200 MB: no picture of 100 megapixels needs more, short of uncompressed ones. */
const LARGEST_FILE = 200_000_000;
const IN_FLIGHT = 4;
/** Pixels being decoded at once; one larger image is decoded alone. */
const PIXELS_IN_FLIGHT = 50_000_000;

type Image = { pixels: Uint8Array; format: Format; width: number; height: number };
type Outcome = Image | LeftOut;

/** Prepares every file. A file that cannot be used is left out with its reason. Throws StudioError cancelled, and what `write` throws. */
export async function prepareImages({ scan, options, write, signal, onProgress }: {
  scan: Scan;
  options: DatasetOptions;
  /** Takes the next image, [size, size, channels] bytes. */
  write: (pixels: Uint8Array) => Promise<void>;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}): Promise<Prepared> {
  const budget = createMemoryBudget(PIXELS_IN_FLIGHT);
  const work = async (file: FoundFile): Promise<Outcome> => {
    throwIfCancelled(signal);
    return prepareFile({ file, root: scan.root, options, budget });
  };
  const leftOut: LeftOut[] = [];
  const sizes: [number, number][] = [];
  const formats: Record<string, number> = {};
  let done = 0;
  for await (const outcome of inOrder(scan.files, { inFlight: IN_FLIGHT, work })) {
    throwIfCancelled(signal);
    if ('pixels' in outcome) {
      await write(outcome.pixels);
      sizes.push([outcome.width, outcome.height]);
      formats[outcome.format] = (formats[outcome.format] ?? 0) + 1;
    } else {
      leftOut.push(outcome);
    }
    onProgress?.({ done: ++done, total: scan.files.length });
  }
  throwIfCancelled(signal);
  const originalSizes = describeSizes(sizes);
  return { count: sizes.length, leftOut, formats, ...(originalSizes && { originalSizes }) };
}

function describeSizes(sizes: [number, number][]): Prepared['originalSizes'] {
  const ordered = [...sizes].sort((a, b) => a[0] * a[1] - b[0] * b[1]);
  const smallest = ordered[0];
  const median = ordered[Math.floor(ordered.length / 2)];
  const largest = ordered[ordered.length - 1];
  return smallest && median && largest ? { smallest, median, largest } : undefined;
}

/**
 * Whether a file that was left out as unreadable can be read by now, which no change of the file tells: permission may
 * have been given, a disk mended. Reads those files only.
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
    await readFile(path);
    return false;
  } catch (error) {
    return error instanceof Unusable && error.reason === 'unreadable';
  }
}

type FileRequest = { file: FoundFile; root: string; options: DatasetOptions; budget: MemoryBudget };

async function prepareFile(request: FileRequest): Promise<Outcome> {
  try {
    return await readImage(request);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { file: showPath(request.file.path), reason: error.reason, detail: error.message };
  }
}

async function readImage({ file, root, options, budget }: FileRequest): Promise<Image> {
  const { format, bytes } = await readFile(absolutePath(root, file.path));
  const header = readHeader(format, bytes);
  checkSize(header);
  const pixels = await budget.spend(header.width * header.height, () => decodeImage({ bytes, header, options }));
  return { pixels, format, ...upright(header, header.orientation) };
}

/** Reads a whole file if its first bytes are an image's. Throws Unusable. */
async function readFile(path: Buffer): Promise<{ format: Format; bytes: Buffer }> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      if (size === 0) throw new Unusable('damaged', 'The file is empty.');
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(START_BYTES), position: 0 });
      const start = buffer.subarray(0, bytesRead);
      const format = identifyFormat(start);
      if (format === undefined) throw new Unusable('not-an-image', describeOther(start));
      if (size > LARGEST_FILE) {
        throw new Unusable('too-large', `${Math.round(size / 1e6)} MB; at most ${LARGEST_FILE / 1e6} MB`);
      }
      return { format, bytes: await readWhole(handle, size) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable('unreadable', `This file cannot be read (${codeOf(error)}).`);
  }
}

/** `size` bytes from the start, or fewer where the file shrank meanwhile. */
async function readWhole(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
