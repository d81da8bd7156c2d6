/** Finds the files of a folder and of all folders in it, following links. */
import type { BigIntStats } from 'node:fs';
import { readdir, readlink, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StudioError, systemCause, systemCode, type LeftOut } from '../contract/index.ts';
import { throwIfCancelled } from './cancelled.ts';
import { isHiddenPicture, isSkipped } from './clutter.ts';
import { addFound, nothingFound, type Found } from './found.ts';
import { joinPath, liesIn, showPath } from './paths.ts';
import { isRun, RUN_IS_NO_DATA, runAroundOnce, type RunsAround } from './runs-in-data.ts';

export type Walk = {
  found: Found;
  /**
   * The folders that were dropped or named, with links resolved; a link to something in them does not lead
   * out.
   */
  roots: Buffer[];
  /**
   * Folders already visited, by device and inode: the path under which they were read, or why they were not.
   */
  visited: Map<string, Buffer | WhyNot>;
  runs: RunsAround;
  /** How many more files and folders the link that is being followed may lead to. */
  room?: number;
  signal?: AbortSignal | undefined;
  /** Archives that were named themselves, with links resolved: they are read on their own. */
  archives: ReadonlySet<string>;
  onProgress: (done: number) => void;
};

type WhyNot = Omit<LeftOut, 'file'>;
/** A folder or file of the walk: its path on disk (`at`), and its path in the data set (`path`). */
type Spot = { at: Buffer; path: Buffer };
type Stats = Awaited<ReturnType<typeof statOf>>;
type Facts = { isLink: boolean; real?: Buffer; stats?: Stats; error?: unknown };

/** The most files and folders that a link to a folder outside may lead to: one to '/' leads to a million. */
export const MOST_LINKED = 10_000;
const AT_ONCE = 64;

/** A link leads to more files and folders than MOST_LINKED. */
class TooMuch extends Error {}

/** The times of a file: they differ once the file, its permissions or its name have changed. */
export function stampOf({ mtimeNs, ctimeNs }: BigIntStats): string {
  return `${mtimeNs} ${ctimeNs}`;
}

const statOf = (path: Buffer) => stat(path, { bigint: true });

/**
 * Adds what lies in the folder `top` to `walk.found`. Throws the system's error if that folder itself cannot
 * be read, and StudioError cancelled.
 */
export async function walkFolder(walk: Walk, top: Spot): Promise<void> {
  const folders: Spot[] = [top];
  for (let spot = folders.pop(); spot !== undefined; spot = folders.pop()) {
    throwIfCancelled(walk.signal);
    const inside = await readFolder(walk, spot, { isTop: spot === top });
    folders.push(...inside.reverse());
  }
}

/** Takes the files of a folder; returns the folders in it, which are still to be read. */
async function readFolder(walk: Walk, spot: Spot, { isTop }: { isTop: boolean }): Promise<Spot[]> {
  let names: Buffer[];
  try {
    names = await readdir(spot.at, { encoding: 'buffer' });
  } catch (error) {
    if (isTop) throw error;
    const detail = `This folder cannot be read: ${systemCause(error)}.`;
    leaveOut(walk, spot.path, { reason: 'unreadable', detail });
    return [];
  }
  if (isRun(names.map(showPath))) {
    leaveOut(walk, spot.path, { reason: 'run', detail: RUN_IS_NO_DATA });
    return [];
  }
  walk.found.hidden += names.filter(isHiddenPicture).length;
  const wanted = names.filter((name) => !isSkipped(name)).sort(Buffer.compare);
  if (wanted.length === 0) walk.found.emptyFolders.push(spot.path);
  const folders: Spot[] = [];
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    throwIfCancelled(walk.signal);
    const spots = wanted.slice(from, from + AT_ONCE).map((name) => ({
      at: joinPath(spot.at, name),
      path: joinPath(spot.path, name),
    }));
    const facts = await Promise.all(spots.map(factsOf));
    for (const [index, each] of spots.entries()) {
      const isFolder = await takeEntry(walk, each, facts[index] ?? { isLink: false });
      if (isFolder) folders.push(each);
    }
    walk.onProgress(walk.found.files.length);
  }
  return folders;
}

async function factsOf({ at }: Spot): Promise<Facts> {
  const isLink = await readlink(at, 'buffer').then(
    () => true,
    () => false,
  );
  try {
    const stats = await statOf(at);
    return isLink ? { isLink, stats, real: await realpath(at, 'buffer') } : { isLink, stats };
  } catch (error) {
    return { isLink, error };
  }
}

/** Takes a file, a link or a folder; returns whether it is a folder that is still to be read. */
async function takeEntry(walk: Walk, spot: Spot, facts: Facts): Promise<boolean> {
  const { real, stats } = facts;
  if (!stats) {
    leaveOut(walk, spot.path, whyMissing(facts));
    return false;
  }
  if (walk.room !== undefined && --walk.room < 0) throw new TooMuch();
  if (real && (await leadsToRun(walk, real, stats.isDirectory()))) {
    leaveOut(walk, spot.path, { reason: 'run', detail: RUN_IS_NO_DATA });
    return false;
  }
  if (stats.isDirectory()) {
    const identity = `${stats.dev}:${stats.ino}`;
    if (!isNew(walk, spot, identity)) return false;
    if (real === undefined || walk.roots.some((root) => liesIn(root, real))) return true;
    const whyNot = await followOut(walk, spot, real);
    if (whyNot) {
      walk.visited.set(identity, whyNot);
      leaveOut(walk, spot.path, whyNot);
    }
    return false;
  }
  takeFile(walk, spot, { real, stats });
  return false;
}

/** Takes something that is not a folder. */
function takeFile(walk: Walk, spot: Spot, { real, stats }: { real: Buffer | undefined; stats: Stats }): void {
  if (!stats.isFile())
    return leaveOut(walk, spot.path, { reason: 'not-an-image', detail: 'Not a regular file.' });
  if (/\.zip$/i.test(showPath(spot.path))) {
    if (walk.archives.has(showPath(real ?? spot.at))) return;
    const detail = 'An archive in a folder is not opened. Drop the archive itself.';
    return leaveOut(walk, spot.path, { reason: 'archive', detail });
  }
  if (real && !walk.roots.some((root) => liesIn(root, real))) {
    const detail = `Leads to ${showPath(real)}, outside the data set.`;
    walk.found.notes.push({ file: showPath(spot.path), kind: 'linked', detail });
  }
  walk.found.files.push({
    path: spot.path,
    place: { path: spot.at },
    size: Number(stats.size),
    stamp: stampOf(stats),
  });
}

/** Whether a link leads to a run, or into one. */
async function leadsToRun({ runs }: Walk, real: Buffer, isFolder: boolean): Promise<boolean> {
  const place = showPath(real);
  return (await runAroundOnce(runs, isFolder ? place : dirname(place))) !== undefined;
}

function whyMissing({ isLink, error }: Facts): WhyNot {
  if (systemCode(error) === 'ELOOP') return { reason: 'link-loop', detail: 'A link that leads to itself.' };
  const leadsNowhere = isLink && ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
  const detail = leadsNowhere
    ? 'A link that leads nowhere.'
    : `This file cannot be read: ${systemCause(error)}.`;
  return { reason: 'unreadable', detail };
}

function isNew(walk: Walk, { path }: Spot, identity: string): boolean {
  const earlier = walk.visited.get(identity);
  if (earlier === undefined) {
    walk.visited.set(identity, path);
    return true;
  }
  if (!Buffer.isBuffer(earlier)) {
    leaveOut(walk, path, earlier);
    return false;
  }
  const name = earlier.length === 0 ? 'the folder itself' : showPath(earlier);
  leaveOut(walk, path, { reason: 'link-loop', detail: `Leads to ${name}, which is read already.` });
  return false;
}

/**
 * Follows a link out of the data set: takes all that it leads to, with a note, or nothing, and returns why.
 */
async function followOut(walk: Walk, spot: Spot, real: Buffer): Promise<WhyNot | undefined> {
  const behind: Walk = {
    ...walk,
    found: nothingFound(),
    roots: [...walk.roots, real],
    visited: new Map(walk.visited),
    room: Math.min(walk.room ?? Infinity, MOST_LINKED),
    onProgress: (done) => walk.onProgress(walk.found.files.length + done),
  };
  const where = `Leads to ${showPath(real)}, outside the data set`;
  try {
    await walkFolder(behind, { at: real, path: spot.path });
  } catch (error) {
    if (error instanceof StudioError) throw error;
    if (systemCode(error) !== undefined)
      return { reason: 'unreadable', detail: `${where}, which cannot be read: ${systemCause(error)}.` };
    if (!(error instanceof TooMuch)) throw error;
    const detail = `${where}, to more than ${MOST_LINKED.toLocaleString('en')} files. Drop that folder itself to use it.`;
    return { reason: 'link-out', detail };
  }
  const { files } = behind.found;
  const detail = `${where}: ${files.length === 1 ? 'one file is' : `${files.length} files are`} taken from there.`;
  behind.visited.forEach((path, identity) => walk.visited.set(identity, path));
  walk.found.notes.push({ file: showPath(spot.path), kind: 'linked', detail });
  addFound(walk.found, behind.found);
  if (walk.room !== undefined) walk.room -= files.length;
  return undefined;
}

function leaveOut(walk: Walk, path: Buffer, why: WhyNot): void {
  walk.found.leftOut.push({ file: showPath(path) || 'the folder itself', ...why });
}
