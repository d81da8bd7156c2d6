/**
 * Guards access to a run folder, which may come from anybody: no link is followed out of it, only regular
 * files are opened, opening never blocks, and no file is read that is larger than its kind can be.
 */
import fs, { constants } from 'node:fs';
import path from 'node:path';
import { StudioError, systemCause, systemCode } from '../contract/index.ts';
import type { Disk } from './disk.ts';

const MEBIBYTE = 2 ** 20;
/** The most bytes that a file of each name may have; Node cannot hold more than the last in one piece. */
const MOST_BYTES: readonly { name: RegExp; most: number }[] = [
  { name: /^(holder|best|kept|layout)\.json$/, most: MEBIBYTE },
  { name: /^config\.json$/, most: 4 * MEBIBYTE },
  { name: /^note\.txt$/, most: MEBIBYTE },
  { name: /^pictures\.json$/, most: 256 * MEBIBYTE },
  { name: /./, most: 4096 * MEBIBYTE - 1 },
];

/** With these flags a link is not opened, and a FIFO is opened without waiting. Windows has neither flag. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Throws StudioError `run-unsafe` unless `place` lies below the run folder `root` and no part of the path
 * between them is a link or anything but a folder or a regular file. What does not exist is safe. The root
 * itself may be a link: the person chose it.
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
    // Otherwise the system would refuse with ENOTDIR.
    if (!found.isDirectory() && depth < parts.length - 1) throw unsafe(at, 'is not a folder');
  }
}

/** Codes that mean that nothing is there: the path leads through a file, or no file can have this name. */
const NOTHING = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE'];

/** What lstat says of a place; undefined if nothing is there. Throws StudioError `run-damaged`. */
export function lookAt(place: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(place);
  } catch (error) {
    if (NOTHING.includes(systemCode(error) ?? '')) return undefined;
    throw unreadable(place, error);
  }
}

/**
 * Opens a regular file of the run folder for reading and returns its descriptor; undefined if there is none.
 * Throws StudioError `run-unsafe` or `run-damaged`.
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

/** The content of a small file of the run folder; undefined if there is none. Throws as `openInside` does. */
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

/**
 * The disk as a run uses it: every path is checked first, see `requireInside`, and so is the size of a file
 * before it is read. Removing is not checked: of a link it removes the link itself.
 */
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

/** The system's error for a place that exists but cannot be read. */
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
