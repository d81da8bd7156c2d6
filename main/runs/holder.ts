/**
 * Lets one process at a time hold a run, in order to train or change it, and records which in holder.json. A
 * process that has ended holds nothing.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { StudioError, systemCode } from '../contract/index.ts';
import { realDisk } from './disk.ts';
import { diskFailure } from './files.ts';
import { readInside } from './inside.ts';

const HOLDER = 'holder.json';
/** Ends the name of the lock file of a process that is removing the holder.json of a dead one. */
const TAKING = '.taking';
/** Milliseconds; an older lock file was left by a process that was killed. */
const LONGEST_TAKING = 10_000;
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];
const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** Tells this process from a later one of the same number; empty on systems other than Linux. */
  birth: z.string(),
  machine: z.string(),
  program: z.string(),
  since: z.string(),
});
export type Holder = z.infer<typeof holderSchema>;

/**
 * Holds the run for this process and returns the function that releases it. Throws StudioError `run-held`.
 */
export function holdRun(folder: string, program: string): () => void {
  const file = path.join(folder, HOLDER);
  const mine: Holder = {
    pid: process.pid,
    birth: birthOf(process.pid),
    machine: os.hostname(),
    program,
    since: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < 2; attempt++) {
    if (create(file, mine)) return () => release(file, mine);
    const other = holderOf(folder);
    if (other) throw held(folder, other);
    removeDead(folder, file, mine);
  }
  throw held(folder, readHolder(file) ?? mine);
}

/**
 * Removes the holder.json of a dead process. One process at a time does this: otherwise a slow one could
 * remove the file of another that holds the run by then. Throws StudioError `run-held` while another process
 * does it.
 */
function removeDead(folder: string, file: string, mine: Holder): void {
  const taking = `${file}${TAKING}`;
  try {
    fs.closeSync(realDisk.open(taking, 'new'));
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw diskFailure(error, taking);
    const since = fs.lstatSync(taking, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    // A time in the future counts as old: the clock was set back.
    if (Math.abs(Date.now() - since) < LONGEST_TAKING) throw held(folder, mine);
    fs.rmSync(taking, { force: true });
    return;
  }
  try {
    if (!holderOf(folder)) fs.rmSync(file, { force: true });
  } finally {
    fs.rmSync(taking, { force: true });
  }
}

/** The living process that holds the run, if any. A holder of another machine came with a copied folder. */
export function holderOf(folder: string): Holder | undefined {
  const holder = readHolder(path.join(folder, HOLDER));
  return holder && holder.machine === os.hostname() && isAlive(holder) ? holder : undefined;
}

/** Returns false if the file exists. It is whole from the start: written under another name, then linked. */
function create(file: string, holder: Holder): boolean {
  const written = `${file}.${randomBytes(8).toString('hex')}.unfinished`;
  try {
    const descriptor = realDisk.open(written, 'new');
    realDisk.write(descriptor, Buffer.from(JSON.stringify(holder)));
    realDisk.close(descriptor);
    fs.linkSync(written, file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    // Some disks know no hard links. A rename does there, unless another process takes the name right now.
    if (!NO_LINKS.includes(systemCode(error) ?? '')) throw diskFailure(error, file);
    if (fs.existsSync(file)) return false;
    fs.renameSync(written, file);
    return true;
  } finally {
    fs.rmSync(written, { force: true });
  }
}

function release(file: string, mine: Holder): void {
  const now = readHolder(file);
  if (now?.pid === mine.pid && now.since === mine.since) fs.rmSync(file, { force: true });
}

function readHolder(file: string): Holder | undefined {
  try {
    const bytes = readInside(path.dirname(file), path.basename(file));
    return bytes && holderSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

function isAlive({ pid, birth }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return birthOf(pid) === birth;
}

/**
 * When the process started: the boot's id and the clock ticks since, as Linux counts them; `dead` for a
 * zombie.
 */
function birthOf(pid: number): string {
  try {
    const fields = fs
      .readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z'
      ? 'dead'
      : `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
  } catch {
    return '';
  }
}

function held(folder: string, { pid, program, since }: Holder): StudioError {
  return new StudioError({
    code: 'run-held',
    message: `The run ${folder} is being trained by ${program} (process ${pid}) since ${since}.`,
    remedy: 'Stop it there first, or wait until it ends.',
  });
}
