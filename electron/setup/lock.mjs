// @ts-check
/** Lets only one set-up at a time change the cache; a lock whose owner is gone is taken over. */
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './report.mjs';

const heartbeatSeconds = 5;
const staleSeconds = 60;

/** @type {Set<string>} */
const held = new Set();

/**
 * Does some work while holding the lock file; waits while another living process holds it.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  if (held.has(file)) return work();
  mkdirSync(path.dirname(file), { recursive: true });
  let announced = false;
  while (!take(file)) {
    if (isStale(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!announced)
      say(
        `Another set-up (process ${ownerOf(file) || 'number not written yet'}) is at work; waiting for it.`,
      );
    announced = true;
    await sleep(300);
  }
  held.add(file);
  const heartbeat = setInterval(() => touch(file), heartbeatSeconds * 1000);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    held.delete(file);
    rmSync(file, { force: true });
  }
}

/** Releases all locks, before this program ends on a signal. */
export function releaseLocks() {
  for (const file of held) rmSync(file, { force: true });
  held.clear();
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

/**
 * Process ids are used again, so a lock that has not been touched for a minute is stale too.
 * @param {string} file
 */
function isStale(file) {
  try {
    const age = (Date.now() - statSync(file).mtimeMs) / 1000;
    return age > staleSeconds || (age > 1 && !isAlive(ownerOf(file)));
  } catch {
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    if (pid > 0) process.kill(pid, 0);
    return pid > 0;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} file */
function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    held.delete(file);
  }
}
