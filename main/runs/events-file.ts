/** events.jsonl: what happened in a run, one JSON line each, in order; written about once a second. */
import fs from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '../contract/index.ts';
import type { Disk } from './disk.ts';
import { eventIn, lineOf, parsedIn, type LoggedEvent } from './event-lines.ts';
import { diskFailure } from './files.ts';
import { openInside } from './inside.ts';
import { lossesIn } from './losses-line.ts';

const EVENTS = 'events.jsonl';
const FLUSH_MILLISECONDS = 1000;
/** Some hours of steps; while the disk refuses, older ones make room. */
const MOST_WAITING = 1_000_000;

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

  /** Progress stays out of it: the other events tell it. */
  add(event: RunEvent): void {
    if (event.type === 'progress') return;
    if (this.waiting.push(lineOf(event)) > MOST_WAITING) this.waiting.shift();
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
/** Of a longer log, only the end is read: a million steps have less. */
const MOST_READ = 512 * 2 ** 20;
/**
 * Lines that are not losses take ten times as long, and a run of a million steps has fewer of them: more are passed
 * over.
 */
const MOST_OTHERS = 200_000;
/** A line that is longer is no event. */
const LONGEST_LINE = 2 ** 20;

/** All events of a run, in order: see `eachEvent`. */
export function readEvents(folder: string): LoggedEvent[] {
  return [...eachEvent(folder)];
}

/**
 * The events of a run one by one, in order, and at the end how many lines were passed over, since they are no events,
 * such as one that a power cut cut off. The log is never in memory as a whole, and of a huge one only the end is read.
 * Throws StudioError `run-unsafe`.
 */
export function* eachEvent(folder: string): Generator<LoggedEvent, { skipped: number }> {
  const descriptor = openInside(folder, EVENTS);
  let [skipped, others] = [0, 0];
  if (descriptor === undefined) return { skipped };
  try {
    const from = Math.max(0, fs.fstatSync(descriptor).size - MOST_READ);
    // The first line of an end is a part of one.
    let isPart = from > 0;
    for (const line of linesOf(descriptor, from)) {
      const event = line === undefined ? undefined : (lossesIn(line) ?? other(line));
      if (event) yield event;
      else if (line !== '' && !isPart) skipped += 1;
      isPart = false;
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return { skipped };

  function other(line: string): LoggedEvent | undefined {
    others += 1;
    return others > MOST_OTHERS ? undefined : parsedIn(line);
  }
}

/** The lines of a file from a byte on, their bytes as characters; undefined in place of one that is too long. */
function* linesOf(descriptor: number, from: number): Generator<string | undefined> {
  const piece = Buffer.allocUnsafe(PIECE);
  let rest = '';
  let isTooLong = false;
  for (let at = from, read = next(at); read > 0; at += read, read = next(at)) {
    const text = rest + piece.toString('latin1', 0, read);
    let begin = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      yield isTooLong || end - begin > LONGEST_LINE ? undefined : text.slice(begin, end);
      isTooLong = false;
      begin = end + 1;
    }
    isTooLong ||= text.length - begin > LONGEST_LINE;
    rest = isTooLong ? '' : text.slice(begin);
  }
  yield isTooLong ? undefined : rest;

  function next(position: number): number {
    return fs.readSync(descriptor, piece, 0, PIECE, position);
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
      return buffer.toString('latin1').split('\n');
    };
    return {
      first: firstEvent(part(0)),
      newest: part(Math.max(0, size - bytes)).flatMap((line) => eventIn(line) ?? []),
    };
  });
}

function firstEvent(lines: readonly string[]): LoggedEvent | undefined {
  for (const line of lines) {
    const event = eventIn(line);
    if (event) return event;
  }
  return undefined;
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
    const event = eventIn(line.toString('latin1'))?.event;
    return event && isOf(event, type) ? event : undefined;
  });
}

function isOf<Type extends RunEvent['type']>(
  event: RunEvent,
  type: Type,
): event is Extract<RunEvent, { type: Type }> {
  return event.type === type;
}
