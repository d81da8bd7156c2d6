/**
 * Bounds the memory of a decoder from a separate thread, since a library may be blocking the main one. It
 * also ends the process when the one that started it is gone.
 */
import os from 'node:os';
import { Worker } from 'node:worker_threads';

const GIGABYTE = 1024 ** 3;
/**
 * The largest picture that is accepted takes about 2 GB; on a small machine, half of its memory is the limit.
 */
const MOST_BYTES = Math.min(3 * GIGABYTE, Math.max(GIGABYTE, os.totalmem() / 2));

/**
 * The code of the thread. SIGKILL tells the pool that memory was the reason, as nothing else in the process
 * sends it.
 */
const WATCH = `
const { workerData } = require('node:worker_threads');
const parent = process.ppid;
setInterval(() => {
  if (process.memoryUsage.rss() > workerData || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 50);
`;

export function watchMemory(mostBytes = MOST_BYTES): void {
  new Worker(WATCH, { eval: true, workerData: mostBytes, stdin: false }).unref();
}
