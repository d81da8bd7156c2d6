/** events.jsonl: what happened in a run, one JSON line each, in order; written about once a second. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { runEventSchema, withoutImages, type RunEvent } from '../contract/index.ts';
import type { Disk } from './disk.ts';
import { diskFailure } from './files.ts';
import { openInside } from './inside.ts';

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
  private flushedAt = performance.now();
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
    if (event.type !== 'losses' || performance.now() - this.flushedAt >= FLUSH_MILLISECONDS) this.flush();
  }

  /** Writes what waits; `lasting` sees to it that a power cut does not take it. */
  flush({ lasting = false }: { lasting?: boolean } = {}): void {
    this.flushedAt = performance.now();
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

/** Read at once. */
const PIECE = 4 * 2 ** 20;
/** Of a longer log, only the end is read: a run of millions of steps has less. */
const MOST_READ = 256 * 2 ** 20;
/** A line that is longer is no event. */
const LONGEST_LINE = 2 ** 20;

/**
 * All events of a run, in order. A line that is none, such as one cut off by a power cut, is passed over. Reads in pieces:
 * a log takes little memory beside its events, and of a huge one only the end is read. Throws StudioError `run-unsafe`.
 */
export function readEvents(folder: string): LoggedEvent[] {
  return withEvents(folder, [], (descriptor) => {
    const events: LoggedEvent[] = [];
    const from = Math.max(0, fs.fstatSync(descriptor).size - MOST_READ);
    for (const line of linesOf(descriptor, from)) {
      const event = parseLine(line);
      if (event) events.push(event);
    }
    return events;
  });
}

/** The lines of a file from a byte on, without those that are too long. */
function* linesOf(descriptor: number, from: number): Generator<string> {
  let position = from;
  const piece = Buffer.allocUnsafe(PIECE);
  let rest = Buffer.alloc(0);
  let isTooLong = false;
  for (let read = next(); read > 0; read = next()) {
    let from = 0;
    for (let end = piece.indexOf(10); end >= 0 && end < read; end = piece.indexOf(10, from)) {
      const line = Buffer.concat([rest, piece.subarray(from, end)]);
      rest = Buffer.alloc(0);
      from = end + 1;
      if (!isTooLong && line.length <= LONGEST_LINE) yield line.toString('utf8');
      isTooLong = false;
    }
    isTooLong ||= rest.length + read - from > LONGEST_LINE;
    rest = isTooLong ? Buffer.alloc(0) : Buffer.concat([rest, piece.subarray(from, read)]);
  }
  if (!isTooLong) yield rest.toString('utf8');

  function next(): number {
    const count = fs.readSync(descriptor, piece, 0, PIECE, position);
    position += count;
    return count;
  }
}

/** What `read` makes of the log; `otherwise` where there is none. */
function withEvents<Result>(folder: string, otherwise: Result, read: (descriptor: number) => Result): Result {
  const descriptor = openInside(folder, EVENTS);
  if (descriptor === undefined) return otherwise;
  try {
    return read(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The first event and the newest ones, without reading what lies between. */
export function readEnds(
  folder: string,
  bytes: number,
): { first: LoggedEvent | undefined; newest: LoggedEvent[] } {
  return withEvents(folder, { first: undefined, newest: [] }, (descriptor) => {
    const { size } = fs.fstatSync(descriptor);
    const part = (from: number) => {
      const buffer = Buffer.alloc(Math.min(bytes, size - from));
      fs.readSync(descriptor, buffer, 0, buffer.length, from);
      return parseLines(buffer.toString('utf8'));
    };
    return { first: part(0)[0], newest: part(Math.max(0, size - bytes)) };
  });
}

/** Bytes. */
const FIRST_LOOK = 128 * 1024;

/** The newest event of this type in the last `bytes` of the log, of which only its own line is parsed. */
export function readNewest<Type extends RunEvent['type']>(
  folder: string,
  { type, bytes }: { type: Type; bytes: number },
): Extract<RunEvent, { type: Type }> | undefined {
  return withEvents(folder, undefined, (descriptor) => {
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
  });
}

function isOf<Type extends RunEvent['type']>(
  event: RunEvent,
  type: Type,
): event is Extract<RunEvent, { type: Type }> {
  return event.type === type;
}

function parseLines(text: string): LoggedEvent[] {
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

/** The event in a line; undefined for what is none, or has no time. */
function parseLine(line: string): LoggedEvent | undefined {
  try {
    const logged: unknown = JSON.parse(line);
    const { time } = timedSchema.parse(logged);
    const at = Date.parse(time);
    return Number.isFinite(at) ? { time: at, event: runEventSchema.parse(upToDate(logged)) } : undefined;
  } catch {
    return undefined;
  }
}

const timedSchema = z.object({ time: z.string() });

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
