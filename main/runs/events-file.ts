/** events.jsonl: what happened in a run, one JSON line each, in order; written about once a second. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { runEventSchema, withoutImages, type RunEvent } from '../contract/index.ts';
import type { Disk } from './disk.ts';
import { diskFailure } from './files.ts';

const EVENTS = 'events.jsonl';
const FLUSH_MILLISECONDS = 1000;
/** Some hours of steps; while the disk refuses, older ones make room. */
const MOST_WAITING = 1_000_000;

/** An event as it was logged. */
export type LoggedEvent = { time: number; event: RunEvent };

export class EventsFile {
  private readonly file: string;
  private readonly disk: Disk;
  private waiting: string[] = [];
  private flushedAt = Date.now();
  /** A refused write may have left part of a line. */
  private torn: boolean;

  constructor(folder: string, disk: Disk) {
    this.file = path.join(folder, EVENTS);
    this.disk = disk;
    this.torn = disk.exists(this.file);
  }

  /** Whether nothing waits in memory. */
  get isWritten(): boolean {
    return this.waiting.length === 0;
  }

  /** Pictures stay out of it: they are files of their own. So does progress, which the other events tell. */
  add(event: RunEvent): void {
    if (event.type === 'progress') return;
    if (
      this.waiting.push(JSON.stringify({ time: new Date().toISOString(), ...withoutImages(event) })) >
      MOST_WAITING
    )
      this.waiting.shift();
    if (event.type !== 'losses' || Date.now() - this.flushedAt >= FLUSH_MILLISECONDS) this.flush();
  }

  /** Writes what waits; `lasting` sees to it that a power cut does not take it. */
  flush({ lasting = false }: { lasting?: boolean } = {}): void {
    this.flushedAt = Date.now();
    if (this.waiting.length === 0) return;
    try {
      const descriptor = this.disk.open(this.file, 'append');
      try {
        this.disk.write(descriptor, Buffer.from(`${this.torn ? '\n' : ''}${this.waiting.join('\n')}\n`));
        if (lasting) this.disk.sync(descriptor);
      } finally {
        this.disk.close(descriptor);
      }
      this.waiting = [];
      this.torn = false;
    } catch (error) {
      this.torn = true;
      throw diskFailure(error, this.file);
    }
  }
}

/** All events of a run; a line that is none, such as one cut off by a power cut, is passed over. */
export function readEvents(folder: string): LoggedEvent[] {
  const file = path.join(folder, EVENTS);
  return fs.existsSync(file) ? parseLines(fs.readFileSync(file, 'utf8')) : [];
}

/** The first event and the newest ones, without reading what lies between. */
export function readEnds(
  folder: string,
  bytes: number,
): { first: LoggedEvent | undefined; newest: LoggedEvent[] } {
  const file = path.join(folder, EVENTS);
  if (!fs.existsSync(file)) return { first: undefined, newest: [] };
  const descriptor = fs.openSync(file, 'r');
  try {
    const { size } = fs.fstatSync(descriptor);
    const part = (from: number) => {
      const buffer = Buffer.alloc(Math.min(bytes, size - from));
      fs.readSync(descriptor, buffer, 0, buffer.length, from);
      return parseLines(buffer.toString('utf8'));
    };
    return { first: part(0)[0], newest: part(Math.max(0, size - bytes)) };
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Bytes. */
const FIRST_LOOK = 128 * 1024;

/** The newest event of this type in the last `bytes` of the log, of which only its own line is parsed. */
export function readNewest<Type extends RunEvent['type']>(
  folder: string,
  { type, bytes }: { type: Type; bytes: number },
): Extract<RunEvent, { type: Type }> | undefined {
  const file = path.join(folder, EVENTS);
  if (!fs.existsSync(file)) return undefined;
  const descriptor = fs.openSync(file, 'r');
  try {
    const { size } = fs.fstatSync(descriptor);
    const most = Math.min(bytes, size);
    let log = Buffer.alloc(0);
    let at = -1;
    // Most often it lies near the end.
    for (let length = FIRST_LOOK; at < 0 && log.length < most; length *= 8) {
      log = Buffer.alloc(Math.min(length, most));
      fs.readSync(descriptor, log, 0, log.length, size - log.length);
      at = log.lastIndexOf(`"type":"${type}"`);
    }
    if (at < 0) return undefined;
    const end = log.indexOf('\n', at);
    const line = log.subarray(log.lastIndexOf('\n', at) + 1, end < 0 ? log.length : end);
    const event = parseLines(line.toString('utf8'))[0]?.event;
    return event && isOf(event, type) ? event : undefined;
  } finally {
    fs.closeSync(descriptor);
  }
}

function isOf<Type extends RunEvent['type']>(
  event: RunEvent,
  type: Type,
): event is Extract<RunEvent, { type: Type }> {
  return event.type === type;
}

function parseLines(text: string): LoggedEvent[] {
  return text.split('\n').flatMap((line) => {
    try {
      const logged: unknown = JSON.parse(line);
      const event = runEventSchema.parse(upToDate(logged));
      return [{ time: Date.parse((logged as { time?: string }).time ?? ''), event }];
    } catch {
      return [];
    }
  });
}

/** Runs of version 3 and before logged the two losses beside the step. */
function upToDate(logged: unknown): unknown {
  const { success, data } = z
    .object({ type: z.literal('losses'), step: z.number(), discriminator: z.number(), generator: z.number() })
    .safeParse(logged);
  return success
    ? {
        type: data.type,
        step: data.step,
        losses: { discriminator: data.discriminator, generator: data.generator },
      }
    : logged;
}
