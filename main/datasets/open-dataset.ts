/** Opens a data set: scans its files, then takes pixels from the cache or prepares them. */
import { join } from 'node:path';
import { BUILT_IN_NAMES, StudioError, type DatasetOptions, type DatasetSource } from '../contract/index.ts';
import type { Decoders } from '../decoding/index.ts';
import type { Folders } from '../folders.ts';
import { evictCacheEntries } from './cache-eviction.ts';
import {
  cacheFolder,
  cacheId,
  imageBytesOf,
  keyOf,
  knownFiles,
  openCacheEntry,
  type CacheEntry,
  type CachePlace,
} from './cache.ts';
import { throwIfCancelled } from './cancelled.ts';
import { usablePictures } from './chosen.ts';
import type { PictureList } from './content.ts';
import { createDataset, type Dataset, type Opened, type PictureDataset } from './dataset.ts';
import { isLabelFile, readLabels } from './label-files.ts';
import { pointsDataset } from './points.ts';
import { canBeReadNow, prepareImages } from './prepare.ts';
import { createCacheEntry } from './cache-writer.ts';
import { scanFiles, type Scan } from './scan.ts';
import type { FoundFile } from './found.ts';
import { requireFiles, requirePictures } from './unusable.ts';

export type DatasetProgress = { stage: 'scanning' | 'decoding'; done: number; total?: number };

export type OpenDatasetRequest = {
  source: DatasetSource;
  options: DatasetOptions;
  /** Hashes of the files that the person has left out. */
  leftOut?: readonly string[];
  /** The pictures of the run that it is opened for; their order and classes are kept. */
  like?: PictureList | undefined;
  folders: Folders;
  /** Prepare the pictures that are not in the cache. */
  decoders: Decoders;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: DatasetProgress) => void) | undefined;
  /** Larger data sets are read from the cache's file as needed; 512 MiB by default. */
  mostBytesInMemory?: number | undefined;
};

type PicturesSource = Exclude<DatasetSource, { kind: 'points' }>;

/**
 * Opens a data set. The first time, all files are decoded and their pixels cached; after that, only files
 * that were added, changed or made readable are decoded. Nothing is decoded after opening. Throws
 * StudioError: folder-missing, not-a-folder, folder-unreadable, folder-empty, archive-unusable, run-not-data,
 * no-images, too-few-images, cache-unwritable, disk-full, decoder-broken, cancelled.
 */
export async function openDataset(request: OpenDatasetRequest): Promise<Dataset> {
  const { source, options } = request;
  return source.kind === 'points'
    ? pointsDataset(source.points, options)
    : openPictures({ ...request, source });
}

/** The same for pictures only, which can be looked at one by one. */
export async function openPictures(
  request: OpenDatasetRequest & { source: PicturesSource },
): Promise<PictureDataset> {
  const opened = await openUnlessCancelled(request);
  // It may have been cancelled after the last check of the signal.
  if (request.signal?.aborted === true) opened.pixels.close();
  throwIfCancelled(request.signal);
  return createDataset(opened, { leftOut: request.leftOut ?? [], like: request.like });
}

async function openUnlessCancelled(
  request: OpenDatasetRequest & { source: PicturesSource },
): Promise<Opened> {
  const { source, options, folders, signal, onProgress } = request;
  const scan = await scanFiles({
    paths: source.kind === 'files' ? source.paths : [join(folders.builtIn, source.name)],
    signal,
    onProgress: (done) => onProgress?.({ stage: 'scanning', done }),
  }).catch((error: unknown) => {
    throw source.kind === 'built-in' ? missingBuiltIn(error, source.name) : error;
  });
  requireFiles(scan, scan.roots.join(', '));
  const files = scan.files.filter(({ path }) => !isLabelFile(path));
  const keys = files.map(keyOf);
  const place = {
    folder: cacheFolder(folders.cache),
    id: cacheId({ scan, keys, options }),
    imageBytes: imageBytesOf(options),
    mostBytesInMemory: request.mostBytesInMemory,
  };
  const cached = await openWhatIsPrepared(place, files);
  const entry = cached ?? (await prepare({ request, place, files, keys }));
  try {
    return await openedFrom({ request, scan, files, id: place.id, entry });
  } catch (error) {
    entry.pixels.close();
    throw error;
  }
}

/** The cache's entry, unless a file that was unreadable then can be read now. */
async function openWhatIsPrepared(place: CachePlace, files: FoundFile[]): Promise<CacheEntry | undefined> {
  const entry = await openCacheEntry(place);
  if (entry === undefined || !(await canBeReadNow(files, entry.outcomes))) return entry;
  entry.pixels.close();
  return undefined;
}

async function prepare({
  request: { options, decoders, signal, onProgress },
  place,
  files,
  keys,
}: {
  request: OpenDatasetRequest;
  place: CachePlace;
  files: FoundFile[];
  keys: string[];
}): Promise<CacheEntry> {
  const writer = await createCacheEntry(place);
  const known = await knownFiles(place);
  try {
    const outcomes = await prepareImages({
      files,
      options,
      decoders,
      knownOf: known?.knownOf,
      signal,
      write: writer.append,
      onProgress: ({ done, total }) => onProgress?.({ stage: 'decoding', done, total }),
    });
    const entry = await writer.commit({ keys, outcomes });
    await evictCacheEntries({ folder: place.folder, keep: place.id });
    return entry;
  } finally {
    known?.close();
    await writer.discard();
  }
}

async function openedFrom({
  request: { source, options, like },
  scan,
  files,
  id,
  entry,
}: {
  request: OpenDatasetRequest;
  scan: Scan;
  files: FoundFile[];
  id: string;
  entry: CacheEntry;
}): Promise<Opened> {
  const labelFiles = scan.files.filter(({ path }) => isLabelFile(path));
  const labels = options.classes === 'found' ? await readLabels(labelFiles) : undefined;
  const { outcomes, pixels } = entry;
  const known = like && like.classes.length > 0 ? like.classes : undefined;
  const usable = usablePictures({ scan, files, outcomes, labels, known, options });
  const filesSeen = files.length + scan.leftOut.length;
  requirePictures({ usable: usable.pictures.length, leftOut: usable.leftOut, files: filesSeen });
  const name = source.kind === 'built-in' ? BUILT_IN_NAMES[source.name] : scan.name;
  return { id, source, options, name, scan, filesSeen, usable, pixels };
}

/** A remedy of its own for built-in data, since a person cannot choose its folder again. */
function missingBuiltIn(error: unknown, name: string): unknown {
  if (!(error instanceof StudioError) || error.code !== 'folder-missing') return error;
  return new StudioError({
    code: error.code,
    message: `The pictures of the built-in data set ${name} are missing.`,
    remedy: 'Install GAN Studio again; in its source folder, run: npm run setup',
  });
}
