/**
 * What lies in a run folder may come from anybody: no link is followed out of it, nothing but regular files is opened,
 * none of them blocks, and none is read that is larger than its kind can be.
 */
import fs, { constants } from 'node:fs';
import path from 'node:path';
import { StudioError, systemCause, systemCode } from '../contract/index.ts';
import type { Disk } from './disk.ts';

const MEBIBYTE = 2 ** 20;
/** The largest that each kind of file is read at; Node cannot hold more than the last in one piece. */
const MOST_BYTES: readonly { name: RegExp; most: number }[] = [
  { name: /^(holder|best|kept|layout)\.json$/, most: MEBIBYTE },
  { name: /^config\.json$/, most: 4 * MEBIBYTE },
  { name: /^note\.txt$/, most: MEBIBYTE },
  { name: /^pictures\.json$/, most: 256 * MEBIBYTE },
  { name: /./, most: 4096 * MEBIBYTE - 1 },
];

/** Opening a link fails, and opening a FIFO does not wait for its writer; Windows knows neither. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * A place below a run folder, `root`, as a whole path. Throws StudioError `run-unsafe` where a part of the way below the
 * root is a link, or what is there is neither a folder nor a regular file. The root itself may be a link: the person
 * chose it.
 */
export function requireInside(root: string, place: string): void {
  const parts = path.relative(root, place).split(path.sep);
  if (parts[0] === '..' || path.isAbsolute(parts[0] ?? ''))
    throw unsafe(place, 'lies outside of the run folder');
  let at = root;
  for (const [depth, part] of parts.entries()) {
    at = path.join(at, part);
    const found = lookAt(at);
    if (!found) return;
    if (found.isSymbolicLink()) throw unsafe(at, 'is a link');
    if (!found.isDirectory() && !found.isFile()) throw unsafe(at, 'is not a regular file');
    // The system would refuse to look for anything below it.
    if (!found.isDirectory() && depth < parts.length - 1) throw unsafe(at, 'is not a folder');
  }
}

/** Nothing can be there: it lies below a file, or no disk knows such a name. */
const NOTHING = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE'];

/** What is there, no link followed; undefined where there is nothing. Throws StudioError `run-damaged`. */
export function lookAt(place: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(place);
  } catch (error) {
    if (NOTHING.includes(systemCode(error) ?? '')) return undefined;
    throw unreadable(place, error);
  }
}

/**
 * Opens a regular file of the run folder for reading and answers its descriptor; undefined where there is none. Throws
 * StudioError `run-unsafe`.
 */
export function openInside(root: string, name: string): number | undefined {
  const file = path.join(root, name);
  requireInside(root, file);
  let descriptor: number;
  try {
    descriptor = fs.openSync(file, READ);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw unreadable(file, error);
  }
  if (fs.fstatSync(descriptor).isFile()) return descriptor;
  fs.closeSync(descriptor);
  throw unsafe(file, 'is not a regular file');
}

/** All of a small file of the run folder; undefined where there is none. Throws StudioError `run-unsafe`. */
export function readInside(root: string, name: string): Buffer | undefined {
  const descriptor = openInside(root, name);
  if (descriptor === undefined) return undefined;
  try {
    const { size } = fs.fstatSync(descriptor);
    if (size > mostOf(name)) throw unsafe(path.join(root, name), tooLarge(name, size));
    return fs.readFileSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The disk as a run sees it: every place is looked at before it is touched. Throws StudioError `run-unsafe`. */
export function diskInside(root: string, disk: Disk): Disk {
  const checked = (place: string): string => {
    if (path.relative(root, place) !== '') requireInside(root, place);
    return place;
  };
  const bounded = (file: string): string => {
    const size = lookAt(checked(file))?.size ?? 0;
    const name = path.basename(file);
    if (size > mostOf(name)) throw unsafe(file, tooLarge(name, size));
    return file;
  };
  return {
    open: (file, how) => disk.open(checked(file), how),
    write: (descriptor, bytes) => disk.write(descriptor, bytes),
    sync: (descriptor) => disk.sync(descriptor),
    close: (descriptor) => disk.close(descriptor),
    copyMode: (from, to) => disk.copyMode(checked(from), checked(to)),
    rename: (from, to) => disk.rename(checked(from), checked(to)),
    syncFolder: (folder) => disk.syncFolder(checked(folder)),
    remove: (file) => disk.remove(file),
    makeFolder: (folder) => disk.makeFolder(checked(folder)),
    list: (folder) => {
      if (lookAt(checked(folder))?.isFile()) throw unsafe(folder, 'is not a folder');
      return disk.list(folder);
    },
    read: (file) => disk.read(bounded(file)),
    exists: (place) => disk.exists(checked(place)),
  };
}

const mostOf = (name: string): number =>
  MOST_BYTES.find((kind) => kind.name.test(path.basename(name)))?.most ?? 0;

const tooLarge = (name: string, size: number): string =>
  `has ${Math.ceil(size / MEBIBYTE)} MiB, and a run’s ${path.basename(name)} never has more than ${Math.floor(mostOf(name) / MEBIBYTE)}`;

/** What the system says of a place that is there. */
function unreadable(place: string, error: unknown): StudioError {
  return new StudioError({
    code: 'run-damaged',
    message: `${place} cannot be read: ${systemCause(error)}.`,
    remedy: 'Fix that, then open the run again.',
  });
}

function unsafe(place: string, why: string): StudioError {
  return new StudioError({
    code: 'run-unsafe',
    message: `${place} ${why}: GAN Studio does not write such files, and leaves this one alone.`,
    remedy: 'Move it out of the run folder, or ask whoever gave you the folder for an intact copy.',
  });
}
