/**
 * Scans a data set: finds the files in the folders and archives that were dropped or named, and single files.
 */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { StudioError, systemCause, systemCode, type LeftOut } from '../contract/index.ts';
import { readArchive, UnusableArchive } from './archive.ts';
import { isSkipped } from './clutter.ts';
import { runAroundOnce, type RunsAround } from './runs-in-data.ts';
import { stampOf, walkFolder, type Walk } from './find-files.ts';
import { addFound, nothingFound, type Found, type FoundFile } from './found.ts';
import { MOST_NAMES, nameOf, takenOf, uniqueTitles, type NamedRoot } from './root-names.ts';

/**
 * Files are in the order of the roots as they were named; within a root, they are ordered by the bytes of
 * their paths.
 */
export type Scan = Found & {
  /** The folders, archives and files that were named: absolute, with links resolved. */
  roots: string[];
  /** Times of the archives among them, since what an entry says of itself need not be true. */
  stamps: string[];
  /** The name of the data set. */
  name: string;
  /** One sentence on what was taken. */
  taken: string;
};

export type ScanRequest = {
  paths: readonly string[];
  signal?: AbortSignal | undefined;
  /** Receives the number of files found so far. */
  onProgress?: ((done: number) => void) | undefined;
};

type Root = NamedRoot & { real: string; identity: string; stamp: string };
type Facts = { real: string; facts: Awaited<ReturnType<typeof factsAt>> };

const factsAt = (path: string) => stat(path, { bigint: true });

/**
 * Takes exactly the paths named: folders with all that lies in them, zip archives, and single files. Of
 * several, one that cannot be used is left out with its reason. Throws StudioError: folder-missing,
 * folder-unreadable, not-a-folder, archive-unusable, run-not-data, cancelled.
 */
export async function scanFiles({ paths, signal, onProgress }: ScanRequest): Promise<Scan> {
  const named = [...new Set(paths.map((path) => resolve(path)))];
  const all = nothingFound();
  const roots: Root[] = [];
  const known = new Set<string>();
  const refused: StudioError[] = [];
  const runs: RunsAround = new Map();
  for (const path of named) {
    const root = await open(path, runs);
    if (root instanceof StudioError) {
      refused.push(root);
      refuse(all, root, { path, isOnly: named.length === 1 });
    } else if (!known.has(root.real)) roots.push(root);
    if (!(root instanceof StudioError)) known.add(root.real);
  }
  if (roots.length === 0) throw noneOf(named, refused);
  const outermost = outermostOf(roots);
  const titles = uniqueTitles(outermost);
  const visited = visitedOf(outermost, titles);
  const archives = new Set(outermost.filter(({ kind }) => kind === 'archive').map(({ real }) => real));
  for (const [index, root] of outermost.entries()) {
    const path = Buffer.from(titles[index] ?? '');
    const walk = { found: nothingFound(), visited, runs, signal, roots: rootsOf(outermost), archives };
    const found = await contentOf(
      { ...walk, onProgress: (done) => onProgress?.(all.files.length + done) },
      root,
      path,
    );
    if (found instanceof StudioError) refuse(all, found, { path: root.named, isOnly: named.length === 1 });
    else addFound(all, found);
  }
  return {
    ...all,
    roots: outermost.map(({ real }) => real),
    stamps: outermost.flatMap(({ kind, stamp }) => (kind === 'archive' ? [stamp] : [])),
    name: nameOf(outermost),
    taken: takenOf(outermost),
  };
}

async function open(named: string, runs: RunsAround): Promise<Root | StudioError> {
  let found: Facts;
  try {
    const real = await realpath(named);
    found = { real, facts: await factsAt(real) };
  } catch (error) {
    return unreadable(named, error);
  }
  const { real, facts } = found;
  const run = await runAroundOnce(runs, facts.isDirectory() ? real : dirname(real));
  if (run !== undefined) return runIsNotData(named, run);
  const root = { named, real, identity: `${facts.dev}:${facts.ino}`, stamp: stampOf(facts) };
  if (facts.isDirectory()) return { ...root, kind: 'folder' };
  if (facts.isFile()) return { ...root, kind: /\.zip$/i.test(named) ? 'archive' : 'file' };
  return new StudioError({
    code: 'not-a-folder',
    message: `${named} is neither a folder nor a file.`,
    remedy: 'Choose the folder that holds the pictures.',
  });
}

/** Throws the error if its path is the only one; otherwise leaves that path out with the reason. */
function refuse(all: Found, error: StudioError, { path, isOnly }: { path: string; isOnly: boolean }): void {
  if (isOnly) throw error;
  const reason: LeftOut['reason'] =
    error.code === 'run-not-data' ? 'run' : error.code === 'archive-unusable' ? 'archive' : 'unreadable';
  all.leftOut.push({ file: path, reason, detail: error.message });
}

/** The files of a root, with paths below `path`. */
async function contentOf(walk: Walk, root: Root, path: Buffer): Promise<Found | StudioError> {
  try {
    if (root.kind === 'file') return { ...nothingFound(), files: [await fileAt(root, path)] };
    if (root.kind === 'archive') return await readArchive({ file: root.real, path, signal: walk.signal });
    await walkFolder(walk, { at: Buffer.from(root.real), path });
    walk.found.files.sort((a, b) => Buffer.compare(a.path, b.path));
    return walk.found;
  } catch (error) {
    if (error instanceof UnusableArchive) {
      return new StudioError({
        code: 'archive-unusable',
        message: `The archive ${root.named} cannot be used. ${error.message}`,
        remedy: 'Unpack it, and choose the unpacked folder.',
      });
    }
    if (systemCode(error) === undefined || error instanceof StudioError) throw error;
    return unreadable(root.named, error);
  }
}

async function fileAt({ real }: Root, path: Buffer): Promise<FoundFile> {
  const facts = await factsAt(real);
  return { path, place: { path: Buffer.from(real) }, size: Number(facts.size), stamp: stampOf(facts) };
}

/**
 * Without roots that lie in a folder among them; archives and skipped names stay, since a walk of the folder
 * does not take them.
 */
function outermostOf(roots: Root[]): Root[] {
  const folders = new Set(roots.filter(({ kind }) => kind === 'folder').map(({ real }) => real));
  return roots.filter(({ real, kind }) => {
    if (kind === 'archive' || isSkipped(Buffer.from(basename(real)))) return true;
    for (let around = dirname(real); ; around = dirname(around)) {
      if (folders.has(around) && around !== real) return false;
      if (around === dirname(around)) return true;
    }
  });
}

/** The roots as visited, so that a link from one folder to another does not bring the same files twice. */
function visitedOf(roots: Root[], titles: string[]): Walk['visited'] {
  return new Map(roots.map(({ identity }, index) => [identity, Buffer.from(titles[index] ?? '')]));
}

function rootsOf(roots: Root[]): Buffer[] {
  return roots.filter(({ kind }) => kind === 'folder').map(({ real }) => Buffer.from(real));
}

/**
 * The error if no path can be used: one sentence if all are missing, otherwise the messages of the first few.
 */
function noneOf(named: string[], refused: StudioError[]): StudioError {
  const [first] = refused;
  if (!first || refused.every(({ code }) => code === 'folder-missing')) {
    return new StudioError({
      code: 'folder-missing',
      message: `None of the ${named.length} files and folders, such as ${named[0]}, is there.`,
      remedy: CHOOSE_AGAIN,
    });
  }
  const messages = refused.slice(0, MOST_NAMES).map(({ message }) => message);
  return new StudioError({ code: first.code, message: messages.join(' '), remedy: first.remedy });
}

const CHOOSE_AGAIN = 'It may have been moved, renamed or unplugged. Choose the folder again.';

function unreadable(named: string, error: unknown): StudioError {
  if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) {
    return new StudioError({
      code: 'folder-missing',
      message: `${named} is not there.`,
      remedy: named.includes('\ufffd')
        ? 'Its name is not in UTF-8, which keeps programs from finding it: rename it.'
        : CHOOSE_AGAIN,
    });
  }
  return new StudioError({
    code: 'folder-unreadable',
    message: `${named} cannot be read: ${systemCause(error)}.`,
    remedy: 'Give yourself permission to read it, or choose another folder.',
  });
}

function runIsNotData(named: string, run: string): StudioError {
  const what = named === run ? `${named} is a run of GAN Studio` : `${named} lies in the run ${run}`;
  return new StudioError({
    code: 'run-not-data',
    message: `${what}: its sheets and files are not data.`,
    remedy: 'Choose the folder that holds your pictures. To go on with the run, resume it.',
  });
}
