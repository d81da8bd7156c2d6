/**
 * Who trains a run: one process at a time holds it, and says so in holder.json. A process that died holds
 * nothing.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '../contract/index.ts';
import { realDisk } from './disk.ts';
import { diskFailure } from './files.ts';

const HOLDER = 'holder.json';
const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** Tells this process from a later one of the same number; empty where the system does not say. */
  birth: z.string(),
  machine: z.string(),
  program: z.string(),
  since: z.string(),
});
export type Holder = z.infer<typeof holderSchema>;

/** Takes the run for this process and answers the function that lets it go. Throws StudioError `run-held`. */
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
    fs.rmSync(file, { force: true });
  }
  throw held(folder, readHolder(file) ?? mine);
}

/**
 * The living process that holds the run, if there is one. A holder on another machine is a copy's leftover.
 */
export function holderOf(folder: string): Holder | undefined {
  const holder = readHolder(path.join(folder, HOLDER));
  return holder && holder.machine === os.hostname() && isAlive(holder) ? holder : undefined;
}

function create(file: string, holder: Holder): boolean {
  try {
    const descriptor = realDisk.open(file, 'new');
    realDisk.write(descriptor, Buffer.from(JSON.stringify(holder)));
    realDisk.close(descriptor);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw diskFailure(error, file);
  }
}

function release(file: string, mine: Holder): void {
  const now = readHolder(file);
  if (now?.pid === mine.pid && now.since === mine.since) fs.rmSync(file, { force: true });
}

function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
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

/** When the process started, in Linux' own count since the boot that the id names. */
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
