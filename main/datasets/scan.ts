/**
 * Finds the files of a folder and all folders in it. Paths are bytes, never text: a name need not be UTF-8,
 * and would not be found again by its text.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { StudioError, type LeftOut } from '../contract/index.ts';
import { throwIfCancelled } from './cancelled.ts';

/** `path` is relative to the scanned folder, with '/' between names; `modified` in nanoseconds since 1970. */
export type FoundFile = { path: Buffer; size: number; modified: bigint };

export type Scan = {
  /** Absolute, symbolic links resolved. */
  root: string;
  /** Ordered by the bytes of their paths. */
  files: FoundFile[];
  /**
   * What the walk itself could not use: unreadable folders, broken links, loops, and what is no regular file.
   */
  leftOut: LeftOut[];
};

/**
 * Folders and files that an operating system leaves behind; these, and all names that begin with a dot, are
 * skipped quietly.
 */
const CLUTTER = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', '__macosx', 'icon\r', '$recycle.bin']);
const AT_ONCE = 64;
const SEPARATOR = Buffer.from('/');

type Walk = Scan & {
  /** Real folders already read, by device and inode, with the path they were read by. */
  visited: Map<string, Buffer>;
  signal: AbortSignal | undefined;
  onProgress: (done: number) => void;
};

/**
 * Walks `folder`. Symbolic links are followed; a folder that was read already is reported as a link-loop and
 * not read again. Throws StudioError: folder-missing, not-a-folder, folder-unreadable, cancelled.
 */
export async function scanFolder({
  folder,
  signal,
  onProgress,
}: {
  folder: string;
  signal?: AbortSignal | undefined;
  /** Told the number of files found so far. */
  onProgress?: ((done: number) => void) | undefined;
}): Promise<Scan> {
  const { root, identity } = await openRoot(folder);
  const walk: Walk = {
    root,
    files: [],
    leftOut: [],
    visited: new Map([[identity, Buffer.alloc(0)]]),
    signal,
    onProgress: onProgress ?? (() => undefined),
  };
  const folders: Buffer[] = [Buffer.alloc(0)];
  for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
    throwIfCancelled(signal);
    folders.push(...(await readFolder(walk, path)));
  }
  walk.files.sort((a, b) => Buffer.compare(a.path, b.path));
  return { root, files: walk.files, leftOut: walk.leftOut };
}

async function openRoot(folder: string): Promise<{ root: string; identity: string }> {
  try {
    const root = await realpath(folder);
    const facts = await stat(root, { bigint: true });
    if (facts.isDirectory()) return { root, identity: `${facts.dev}:${facts.ino}` };
  } catch (error) {
    if (!isMissing(error)) throw unreadableRoot(folder, error);
    throw new StudioError({
      code: 'folder-missing',
      message: `The folder ${folder} is not there.`,
      remedy: folder.includes('\ufffd')
        ? 'Its name is not in UTF-8, which keeps programs from finding it: rename the folder.'
        : 'It may have been moved, renamed or unplugged. Choose the folder again.',
    });
  }
  throw new StudioError({
    code: 'not-a-folder',
    message: `${folder} is a file, not a folder.`,
    remedy: 'Choose the folder that holds the images.',
  });
}

function unreadableRoot(folder: string, error: unknown): StudioError {
  return new StudioError({
    code: 'folder-unreadable',
    message: `The folder ${folder} cannot be read (${codeOf(error)}).`,
    remedy: 'Give yourself permission to read it, or choose another folder.',
  });
}

/** Reads one folder (path relative to the root); answers the folders in it that are still to be read. */
async function readFolder(walk: Walk, path: Buffer): Promise<Buffer[]> {
  let names: Buffer[];
  try {
    names = await readdir(absolutePath(walk.root, path), { encoding: 'buffer' });
  } catch (error) {
    if (path.length === 0) throw unreadableRoot(walk.root, error);
    leaveOut(walk, path, { reason: 'unreadable', detail: `This folder cannot be read (${codeOf(error)}).` });
    return [];
  }
  const wanted = names.filter((name) => !isClutter(name)).sort(Buffer.compare);
  const folders: Buffer[] = [];
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    throwIfCancelled(walk.signal);
    const entries = wanted.slice(from, from + AT_ONCE).map((name) => joinPath(path, name));
    const looks = await Promise.all(entries.map((entry) => look(walk.root, entry)));
    entries.forEach((entry, index) => {
      if (takeEntry(walk, entry, looks[index]!) === 'folder') folders.push(entry);
    });
    walk.onProgress(walk.files.length);
  }
  return folders.reverse();
}

type Look = Awaited<ReturnType<typeof look>>;

async function look(root: string, path: Buffer) {
  try {
    return { facts: await stat(absolutePath(root, path), { bigint: true }) };
  } catch (error) {
    return { error };
  }
}

function takeEntry(walk: Walk, path: Buffer, { facts, error }: Look): 'folder' | 'done' {
  if (facts === undefined) {
    const detail = isMissing(error)
      ? 'A link that leads nowhere.'
      : `This file cannot be read (${codeOf(error)}).`;
    const loop = codeOf(error) === 'ELOOP';
    leaveOut(
      walk,
      path,
      loop
        ? { reason: 'link-loop', detail: 'A link that leads to itself.' }
        : { reason: 'unreadable', detail },
    );
    return 'done';
  }
  if (facts.isDirectory()) return takeFolder(walk, path, `${facts.dev}:${facts.ino}`);
  if (facts.isFile()) walk.files.push({ path, size: Number(facts.size), modified: facts.mtimeNs });
  else leaveOut(walk, path, { reason: 'not-an-image', detail: 'Not a regular file.' });
  return 'done';
}

function takeFolder(walk: Walk, path: Buffer, identity: string): 'folder' | 'done' {
  const earlier = walk.visited.get(identity);
  if (earlier === undefined) {
    walk.visited.set(identity, path);
    return 'folder';
  }
  const name = earlier.length === 0 ? 'the folder itself' : showPath(earlier);
  leaveOut(walk, path, { reason: 'link-loop', detail: `Leads to ${name}, which is read already.` });
  return 'done';
}

function leaveOut(walk: Walk, path: Buffer, { reason, detail }: Omit<LeftOut, 'file'>): void {
  walk.leftOut.push({ file: showPath(path), reason, detail });
}

function isClutter(name: Buffer): boolean {
  return name[0] === 0x2e || CLUTTER.has(name.toString('latin1').toLowerCase());
}

function joinPath(folder: Buffer, name: Buffer): Buffer {
  return folder.length === 0 ? name : Buffer.concat([folder, SEPARATOR, name]);
}

/** Where a relative path of a scan lies. */
export function absolutePath(root: string, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(root), SEPARATOR, path]);
}

/** A path as text for people; bytes that are not UTF-8 show as U+FFFD. */
export function showPath(path: Buffer): string {
  return path.toString('utf8');
}

/** The operating system's code of an error, such as EACCES. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}
