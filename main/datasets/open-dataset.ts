/** From a folder to a dataset: scan, then the cache's pixels or freshly prepared ones. */
import { basename, join } from 'node:path';
import {
  StudioError,
  type DatasetOptions,
  type DatasetSource,
  type DatasetSummary,
  type ImageBatch,
  type LeftOut,
} from '../contract/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { scatterPicture } from '../scatter.ts';
import type { BatchStream } from './batch-stream.ts';
import { createBatches, type BatchRequest, type StreamRequest } from './batches.ts';
import { evictCacheEntries } from './cache-eviction.ts';
import {
  cacheFolder,
  cacheId,
  createCacheEntry,
  imageBytesOf,
  openCacheEntry,
  type CacheEntry,
  type CachePlace,
} from './cache.ts';
import { throwIfCancelled } from './cancelled.ts';
import { classesOf } from './classes.ts';
import { pointsDataset, somePoints } from './points.ts';
import { canBeReadNow, prepareImages, type Prepared } from './prepare.ts';
import { scanFolder, type Scan } from './scan.ts';

export type Dataset = {
  summary: DatasetSummary;
  size: number;
  /** 2 for points of the plane, which are images of one pixel. */
  channels: 1 | 2 | 3;
  /** Images; at least 2. */
  count: number;
  /** The images at these indices (0 to count - 1), [indices.length, size, size, channels] bytes. */
  bytes(indices: ArrayLike<number>): Uint8Array<ArrayBuffer>;
  /**
   * One shuffled batch, [batch, size, size, channels] in [-1, 1]; a pure function of seed and step, which
   * counts from 0.
   */
  batch(request: BatchRequest): Float32Array<ArrayBuffer>;
  /** The same batches, step after step, read ahead of need: for training. */
  stream(request: StreamRequest): BatchStream;
  /** Lets go of the pixels, once what is being read has landed; the dataset must not be used afterwards. */
  close(): void;
};

export type DatasetProgress = { stage: 'scanning' | 'decoding'; done: number; total?: number };

export type OpenDatasetRequest = {
  source: DatasetSource;
  options: DatasetOptions;
  folders: Folders;
  /** Asked for pictures that are not in the cache. */
  decoders: Decoders;
  signal?: AbortSignal;
  onProgress?: (progress: DatasetProgress) => void;
  /** Larger datasets are read from the cache's file as needed; 512 MiB unless told. */
  mostBytesInMemory?: number;
};

/** Fewer cannot be told apart by a discriminator that compares. */
const FEWEST_IMAGES = 2;

/**
 * Opens a dataset. The first time it decodes and keeps the pixels in the cache; after that it reads them from
 * there, as long as no file was added, removed, changed or made readable. Nothing is decoded later. Throws
 * StudioError: folder-missing, not-a-folder, folder-unreadable, folder-empty, no-images, too-few-images,
 * cache-unwritable, disk-full, decoder-broken, cancelled.
 */
export async function openDataset(request: OpenDatasetRequest): Promise<Dataset> {
  const dataset = await openUnlessCancelled(request);
  // It may have been called off after the last look at the signal.
  if (request.signal?.aborted === true) dataset.close();
  throwIfCancelled(request.signal);
  return dataset;
}

async function openUnlessCancelled({
  source,
  options,
  folders,
  decoders,
  signal,
  onProgress,
  mostBytesInMemory,
}: OpenDatasetRequest): Promise<Dataset> {
  if (source.kind === 'points') return pointsDataset(source.points, options);
  const folder = source.kind === 'folder' ? source.path : join(folders.builtIn, source.name);
  const scan = await scanFolder({
    folder,
    signal,
    onProgress: (done) => onProgress?.({ stage: 'scanning', done }),
  }).catch((error: unknown) => {
    throw source.kind === 'built-in' ? missingBuiltIn(error, source.name) : error;
  });
  checkNotEmpty(scan, folder);
  const place = {
    folder: cacheFolder(folders.cache),
    id: cacheId(scan, options),
    imageBytes: imageBytesOf(options),
    mostBytesInMemory,
  };
  const cached = await openWhatIsPrepared(place, scan);
  if (cached !== undefined) return createDataset({ source, options, scan, id: place.id, entry: cached });
  const writer = await createCacheEntry(place);
  try {
    const prepared = await prepareImages({
      scan,
      options,
      decoders,
      signal,
      write: writer.append,
      onProgress: ({ done, total }) => onProgress?.({ stage: 'decoding', done, total }),
    });
    checkEnoughImages(scan, prepared);
    const entry = await writer.commit(prepared);
    await evictCacheEntries({ folder: place.folder, keep: place.id });
    return createDataset({ source, options, scan, id: place.id, entry });
  } finally {
    await writer.discard();
  }
}

/** The cache's entry, unless a file that it had to leave out can be read by now. */
async function openWhatIsPrepared(place: CachePlace, scan: Scan): Promise<CacheEntry | undefined> {
  const entry = await openCacheEntry(place);
  if (entry === undefined || !(await canBeReadNow(scan, entry.prepared.leftOut))) return entry;
  entry.pixels.close();
  return undefined;
}

/**
 * Images `from` to `from + count`, or as many of them as there are, as the network sees them before any
 * mirroring; of points one picture.
 */
export function thumbnails(dataset: Dataset, from: number, count: number): ImageBatch {
  const { source } = dataset.summary;
  if (source.kind === 'points') return scatterPicture([{ points: somePoints(source.points), of: 'real' }]);
  const indices = Array.from(
    { length: Math.max(0, Math.min(count, dataset.count - from)) },
    (_, index) => from + index,
  );
  return {
    count: indices.length,
    size: dataset.size,
    channels: dataset.channels === 1 ? 1 : 3,
    pixels: dataset.bytes(indices),
  };
}

function createDataset({
  source,
  options,
  scan,
  id,
  entry,
}: {
  source: Exclude<DatasetSource, { kind: 'points' }>;
  options: DatasetOptions;
  scan: Scan;
  id: string;
  entry: CacheEntry;
}): Dataset {
  const { prepared, pixels } = entry;
  const { count } = prepared;
  const { size } = options;
  const channels = options.colour === 'rgb' ? 3 : 1;
  const imageBytes = imageBytesOf(options);
  const name = source.kind === 'folder' ? basename(scan.root) || scan.root : source.name;
  const leftOut = allLeftOut(scan, prepared);
  const classes = classesOf(scan, prepared);
  return {
    summary: {
      ...prepared,
      classes: classes.names,
      id,
      source,
      options,
      name,
      filesSeen: filesSeen(scan),
      leftOut,
    },
    size,
    channels,
    count,
    bytes(indices) {
      const { bytes, slots, release } = pixels.read(
        Uint32Array.from(indices, (index) => checkedIndex(index, count)),
      );
      const target = new Uint8Array(indices.length * imageBytes); // [indices.length, size, size, channels]
      slots.forEach((slot, place) =>
        target.set(bytes.subarray(slot * imageBytes, (slot + 1) * imageBytes), place * imageBytes),
      );
      release();
      return target;
    },
    ...createBatches({
      pixels,
      count,
      size,
      channels,
      labels: classes.labels,
      mirror: options.mirror ? 'half' : 'never',
    }),
    close: () => pixels.close(),
  };
}

/** What came with the app cannot be chosen again. */
function missingBuiltIn(error: unknown, name: string): unknown {
  if (!(error instanceof StudioError) || error.code !== 'folder-missing') return error;
  return new StudioError({
    code: error.code,
    message: `The images of the built-in dataset ${name} are missing.`,
    remedy: 'Install GAN Studio again; in its source folder, run: npm run setup',
  });
}

function checkedIndex(index: number, count: number): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new RangeError(`Image ${index} of ${count}: expected 0 to ${count - 1}`);
}

function allLeftOut(scan: Scan, prepared: Prepared): LeftOut[] {
  return [...scan.leftOut, ...prepared.leftOut];
}

function filesSeen(scan: Scan): number {
  return scan.files.length + scan.leftOut.length;
}

function checkNotEmpty(scan: Scan, folder: string): void {
  if (filesSeen(scan) > 0) return;
  throw new StudioError({
    code: 'folder-empty',
    message: `The folder ${folder} holds no files, nor do the folders in it.`,
    remedy: 'Put PNG, JPEG or WebP images in it, or choose another folder.',
  });
}

function checkEnoughImages(scan: Scan, prepared: Prepared): void {
  if (prepared.count >= FEWEST_IMAGES) return;
  const total = filesSeen(scan);
  const reasons = Object.entries(countReasons(allLeftOut(scan, prepared))).map(
    ([reason, times]) => `${times} ${reason}`,
  );
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  if (prepared.count === 0) {
    throw new StudioError({
      code: 'no-images',
      message: `0 of ${total} files are images that can be used${why}.`,
      remedy: 'Add PNG, JPEG or WebP images, or choose the folder that holds them.',
    });
  }
  throw new StudioError({
    code: 'too-few-images',
    message: `${prepared.count} of ${total} files is an image that can be used${why}; training needs at least ${FEWEST_IMAGES}.`,
    remedy: 'Add more images; 50 or more give a network something to learn from.',
  });
}

const REASONS: Record<LeftOut['reason'], string> = {
  'not-an-image': 'not images',
  'unsupported': 'of kinds that are not read here',
  'damaged': 'damaged',
  'too-small': 'too small',
  'too-large': 'too large',
  'too-slow': 'too slow to decode',
  'crashed': 'too much for the decoder',
  'unreadable': 'unreadable',
  'link-loop': 'links to what was read already',
};

function countReasons(leftOut: LeftOut[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of leftOut) counts[REASONS[reason]] = (counts[REASONS[reason]] ?? 0) + 1;
  return counts;
}
