/** The runs in a folder, newest first, each as its own files tell it. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { runEventSchema, type RunListing } from '../contract/index.ts';
import { Run } from './run.ts';

/** Enough of the log's end to hold its newest few events. */
const TAIL_BYTES = 16_384;
const lineSchema = z.string().transform((line, context) => {
  try {
    return runEventSchema.parse(JSON.parse(line));
  } catch {
    context.addIssue('not an event');
    return z.NEVER;
  }
});

/** Lists the runs below this folder; a folder that is not a run, or cannot be read, is no run. */
export async function listRuns(folder: string): Promise<RunListing[]> {
  const names = await fs.readdir(folder).catch(() => [] as string[]);
  const listings = await Promise.all(names.map((name) => listRun(path.join(folder, name)).catch(() => undefined)));
  return listings.filter((listing) => listing !== undefined).sort((a, b) => b.changed - a.changed);
}

async function listRun(folder: string): Promise<RunListing> {
  const { config } = Run.open(folder);
  const log = path.join(folder, 'events.jsonl');
  const events = (await tail(log)).split('\n').flatMap((line) => lineSchema.safeParse(line).data ?? []);
  const changed = (await fs.stat(log).catch(() => fs.stat(folder))).mtimeMs;
  const state = events.filter((event) => event.type === 'run-state').at(-1);
  return {
    folder,
    name: config.name,
    status: state?.status ?? 'stopped',
    step: Math.max(0, ...events.map((event) => event.step)),
    steps: config.steps,
    gan: config.gan.kind,
    size: config.dataset.options.size,
    changed,
  };
}

async function tail(file: string): Promise<string> {
  const handle = await fs.open(file, 'r').catch(() => undefined);
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}
