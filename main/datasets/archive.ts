/** The files in a zip archive, which is read in place: nothing is unpacked to the disk. */
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import type { FilePart } from '../decoding/index.ts';
import { throwIfCancelled } from './cancelled.ts';
import { isHiddenPicture, isSkipped } from './clutter.ts';
import { joinPath, namesOf, showPath } from './paths.ts';
import { isRun, RUN_IS_NO_DATA } from './runs-in-data.ts';
import { nothingFound, type Found, type FoundFile } from './found.ts';

/** An archive with more entries is not one of pictures, or was made to take forever. */
export const MOST_ENTRIES = 200_000;
/** No picture of more than LARGE_BYTES shrinks to a five-hundredth; smaller entries may. */
const MOST_RATIO = 500;
const LARGE_BYTES = 4_000_000;
/** Deeper folders and longer names are made to exhaust memory. */
const MOST_FOLDERS_DEEP = 64;
const LONGEST_NAME = 4096;
const METHODS: Readonly<Record<number, FilePart['method']>> = { 0: 'stored', 8: 'deflated' };

/** A whole archive cannot be read; the message is a sentence on why. */
export class UnusableArchive extends Error {}

/**
 * The files of the archive `file`; each gets its name in the archive, below `path`. Throws UnusableArchive,
 * and StudioError cancelled.
 */
export async function readArchive({
  file,
  path,
  signal,
}: {
  file: string;
  path: Buffer;
  signal?: AbortSignal | undefined;
}): Promise<Found> {
  const archive = await opened(file);
  try {
    if (archive.entryCount > MOST_ENTRIES) {
      const most = MOST_ENTRIES.toLocaleString('en');
      throw new UnusableArchive(
        `It holds ${archive.entryCount.toLocaleString('en')} files; at most ${most} are allowed.`,
      );
    }
    const found = nothingFound();
    for await (const entry of explained(archive)) {
      throwIfCancelled(signal);
      const taken = await takeEntry(archive, entry, found);
      if (taken) found.files.push({ ...taken, place: { ...taken.place, path: Buffer.from(file) } });
    }
    return calledBelow(withoutRuns(found), path);
  } finally {
    archive.close();
  }
}

async function opened(file: string): Promise<ZipFile> {
  try {
    // Names stay bytes, and no file is written by them. Names that lead out of the archive are left out one
    // by one.
    return await openPromise(file, { decodeStrings: false, autoClose: false, lazyEntries: true });
  } catch {
    throw new UnusableArchive('It is damaged, or not a zip archive.');
  }
}

async function* explained(archive: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* archive.eachEntry();
  } catch {
    throw new UnusableArchive('Its list of files is damaged.');
  }
}

/** The entry's file if it may be a picture; otherwise adds to `found` why not. */
async function takeEntry(archive: ZipFile, entry: Entry, found: Found): Promise<FoundFile | undefined> {
  const name = nameOf(entry);
  const fault = faultIn(name);
  if (fault !== undefined) {
    found.leftOut.push({ file: name.slice(0, LONGEST_NAME), reason: 'archive', detail: fault });
    return undefined;
  }
  const path = Buffer.from(
    name
      .split('/')
      .filter((each) => each !== '' && each !== '.')
      .join('/'),
  );
  const names = namesOf(path);
  if (names.some(isSkipped)) {
    if (isHiddenPicture(names.at(-1) ?? path)) found.hidden += 1;
    return undefined;
  }
  if (name.endsWith('/')) {
    found.emptyFolders.push(path); // withoutRuns removes those that turn out to hold something
    return undefined;
  }
  const method = METHODS[entry.compressionMethod];
  const trouble = troubleWith(entry, name);
  if (trouble !== undefined || method === undefined) {
    const detail = trouble ?? 'It is compressed in a way that is not supported.';
    found.leftOut.push({ file: name, reason: 'archive', detail });
    return undefined;
  }
  const offset = await offsetOf(archive, entry);
  if (offset === undefined) {
    found.leftOut.push({ file: name, reason: 'damaged', detail: 'This entry of the archive is damaged.' });
    return undefined;
  }
  const { compressedSize: stored, uncompressedSize: size, crc32 } = entry;
  const part = { offset, stored, size, method, crc32 };
  return { path, place: { path, part }, size, stamp: String(crc32) };
}

function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

function faultIn(name: string): string | undefined {
  const names = name.split('/');
  if (name.length > LONGEST_NAME || names.length > MOST_FOLDERS_DEEP)
    return 'Its name is too long, or lies in too many folders.';
  const isOutside = name.startsWith('/') || /^[a-z]:/i.test(name) || names.includes('..');
  return isOutside ? 'Its name leads out of the archive.' : undefined;
}

function troubleWith(entry: Entry, name: string): string | undefined {
  const { compressedSize: stored, uncompressedSize: size } = entry;
  if (entry.isEncrypted()) return 'Protected by a password. Unpack the archive and drop the folder.';
  if (/\.zip$/i.test(name)) return 'An archive in an archive is not opened. Unpack it first.';
  if (size > LARGE_BYTES && size > MOST_RATIO * stored)
    return `It would unpack to ${Math.round(size / Math.max(1, stored))} times its size, which no picture does.`;
  return undefined;
}

async function offsetOf(archive: ZipFile, entry: Entry): Promise<number | undefined> {
  try {
    return (await archive.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  } catch {
    return undefined;
  }
}

/**
 * Leaves out runs in the archive, which are not data, and keeps only folders that hold nothing in
 * `emptyFolders`.
 */
function withoutRuns(found: Found): Found {
  const inFolders = new Map<string, string[]>();
  for (const { path } of found.files) {
    const [folder, name] = split(showPath(path));
    const names = inFolders.get(folder);
    if (names) names.push(name);
    else inFolders.set(folder, [name]);
  }
  const runs = [...inFolders].filter(([, names]) => isRun(names)).map(([folder]) => folder);
  const isRunFolder = new Set(runs);
  const inRuns = new Set(
    [...inFolders.keys()].filter((folder) =>
      ['', ...ancestors(folder)].some((each) => isRunFolder.has(each)),
    ),
  );
  const isInRun = ({ path }: FoundFile) => inRuns.has(split(showPath(path))[0]);
  const filled = new Set([...inFolders.keys()].flatMap(ancestors));
  return {
    ...found,
    files: found.files.filter((file) => !isInRun(file)),
    leftOut: [
      ...found.leftOut,
      ...runs.map((run) => ({ file: run, reason: 'run' as const, detail: RUN_IS_NO_DATA })),
    ],
    emptyFolders: found.emptyFolders.filter((folder) => !filled.has(showPath(folder))),
  };
}

/** The folder and all folders around it. */
function ancestors(folder: string): string[] {
  const names = folder.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

function split(path: string): [folder: string, name: string] {
  const at = path.lastIndexOf('/');
  return at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 1)];
}

function calledBelow(found: Found, top: Buffer): Found {
  const called = (path: Buffer) => (path.length === 0 ? top : joinPath(top, path));
  return {
    ...found,
    files: found.files
      .map((file) => ({ ...file, path: called(file.path) }))
      .sort((a, b) => Buffer.compare(a.path, b.path)),
    leftOut: found.leftOut.map((each) => ({
      ...each,
      file: showPath(called(Buffer.from(each.file))) || 'the archive itself',
    })),
    emptyFolders: found.emptyFolders.map(called),
  };
}
