/**
 * Bounds the memory of the process that decodes, from a thread of its own, as the main one may be in the
 * middle of a decoder. Ends the process, too, when whoever started it is gone.
 */
import os from 'node:os';
import { Worker } from 'node:worker_threads';

const GIGABYTE = 1024 ** 3;
/** The largest picture that is let in takes some 2 GB; half of a small machine's memory is the most. */
const MOST_BYTES = Math.min(3 * GIGABYTE, Math.max(GIGABYTE, os.totalmem() / 2));

/** SIGKILL tells the pool that it was memory: nothing else in the process sends it. */
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
