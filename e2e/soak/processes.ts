/** What the processes of a running app hold, by role: resident memory and open files, read from /proc. */
import fs from 'node:fs';
import path from 'node:path';

/** What a process is for. */
export type Role = 'main' | 'page' | 'gpu' | 'trainer' | 'library' | 'others';
export const ROLES: readonly Role[] = ['main', 'page', 'gpu', 'trainer', 'library', 'others'];
/** Roles with one process from the start of the app to its end; others, such as decoders, come and go. */
export const LASTING_ROLES: readonly Role[] = ['main', 'page', 'gpu', 'trainer', 'library'];

/** What all processes of one role hold together. */
export type Held = {
  pids: number[];
  megabytes: number;
  /** Open file descriptors: files, pipes, sockets. */
  handles: number;
};

/** A process as `app.getAppMetrics()` of Electron lists it. */
export type ElectronProcess = { pid: number; type: string; name?: string | undefined };

/** What this process is for. */
export function roleOf({ type, name }: ElectronProcess): Role {
  if (type === 'Browser') return 'main';
  if (type === 'Tab') return 'page';
  if (type === 'GPU') return 'gpu';
  if (name === 'GAN Studio trainer') return 'trainer';
  return name === 'GAN Studio library' ? 'library' : 'others';
}

/**
 * What the processes of each role hold. `living`: the process ids of the whole app; those that are not in
 * `known` count as others. `proc`: the folder in place of /proc.
 */
export function heldByRole(
  living: readonly number[],
  known: readonly ElectronProcess[],
  proc = '/proc',
): Record<Role, Held> {
  const held = Object.fromEntries(
    ROLES.map((role): [Role, Held] => [role, { pids: [], megabytes: 0, handles: 0 }]),
  ) as Record<Role, Held>;
  const roles = new Map(known.map((each) => [each.pid, roleOf(each)]));
  for (const pid of living) {
    const found = heldBy(path.join(proc, String(pid)));
    if (!found) continue; // it has ended meanwhile
    const sum = held[roles.get(pid) ?? 'others'];
    sum.pids.push(pid);
    sum.megabytes += found.megabytes;
    sum.handles += found.handles;
  }
  return held;
}

/** undefined if the process has ended. */
function heldBy(folder: string): { megabytes: number; handles: number } | undefined {
  try {
    const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(fs.readFileSync(path.join(folder, 'status'), 'latin1'))?.[1];
    if (kilobytes === undefined) return undefined;
    return {
      megabytes: (Number(kilobytes) * 1024) / 1e6,
      handles: handlesIn(path.join(folder, 'fd')),
    };
  } catch {
    return undefined;
  }
}

/**
 * Electron before 35 leaves /dev/null open once for each process that it starts, which nothing here can close
 * (electron/electron issue 47515): these are not counted.
 */
function handlesIn(folder: string): number {
  return fs.readdirSync(folder).filter((name) => targetOf(path.join(folder, name)) !== '/dev/null').length;
}

function targetOf(handle: string): string | undefined {
  try {
    return fs.readlinkSync(handle);
  } catch {
    return undefined;
  }
}
