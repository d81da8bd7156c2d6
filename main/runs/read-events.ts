/** Reads events.jsonl, whatever it holds, in pieces: the log is never in memory as a whole. */
import fs from 'node:fs';
import type { RunEvent } from '../contract/index.ts';
import { eventIn, type LoggedEvent } from './event-lines.ts';
import { EVENTS } from './events-file.ts';
import { openInside } from './inside.ts';
import { LossesReader } from './losses-line.ts';

/** Bytes of one read. */
const PIECE = 4 * 2 ** 20;
/** Bytes; only the end of a longer log is read. A million steps have less. */
const MOST_READ = 512 * 2 ** 20;
/**
 * Further lines that are not losses are skipped: such a line takes a hundred times as long to read, and a run
 * of a million steps has fewer of them.
 */
const MOST_OTHERS = 200_000;
/** Bytes; a longer line is no event. */
const LONGEST_LINE = 2 ** 20;
const NEWLINE = '\n'.charCodeAt(0);

/** Receives the events of a log, one after the other. */
export type LogReader = {
  /** `line` is reused for the next line once this returns. */
  losses: (line: LossesReader) => unknown;
  other: (event: LoggedEvent) => unknown;
};

/** All events of a run, in order: see `scanEvents`. */
export function readEvents(folder: string): LoggedEvent[] {
  const events: LoggedEvent[] = [];
  scanEvents(folder, collecting(events));
  return events;
}

const collecting = (events: LoggedEvent[]): LogReader => ({
  losses: (line) => events.push({ time: line.time, event: line.event }),
  other: (event) => events.push(event),
});

/**
 * Passes the events of a run to `reader`, in order, and returns how many lines were skipped since they are no
 * events, such as one that a power cut left incomplete. Of a log beyond 512 MiB only the end is read. Throws
 * StudioError `run-unsafe`.
 */
export function scanEvents(folder: string, reader: LogReader): { skipped: number } {
  return withEvents(folder, { skipped: 0 }, (descriptor) => {
    const from = Math.max(0, fs.fstatSync(descriptor).size - MOST_READ);
    const scan = new Scan(reader);
    // Reading may begin in the middle of a line.
    let isPart = from > 0;
    for (const piece of wholeLines(descriptor, from)) {
      scan.read(piece, isPart ? piece.indexOf(NEWLINE) + 1 : 0);
      isPart = false;
    }
    return { skipped: scan.skipped };
  });
}

/** Goes through the lines of a log and passes on their events. */
class Scan {
  skipped = 0;
  private others = 0;
  private readonly line = new LossesReader();
  private readonly reader: LogReader;

  constructor(reader: LogReader) {
    this.reader = reader;
  }

  /** All lines of a piece, from the one that begins at `from`. */
  read(piece: Buffer, from: number): void {
    let at = from;
    while (at < piece.length) {
      const behind = this.line.read(piece, at);
      if (behind >= 0) this.reader.losses(this.line);
      at = behind >= 0 ? behind : this.readOther(piece, at);
    }
  }

  /** Returns where the next line begins. */
  private readOther(piece: Buffer, at: number): number {
    const end = endOfLine(piece, at);
    if (end > at) {
      const isEvent = end - at <= LONGEST_LINE && ++this.others <= MOST_OTHERS;
      const event = isEvent ? eventIn(piece.toString('latin1', at, end)) : undefined;
      if (event) this.reader.other(event);
      else this.skipped += 1;
    }
    return end + 1;
  }
}

/** Where the line with this byte ends: at its newline, or at the end of the piece. */
function endOfLine(piece: Buffer, at: number): number {
  const newline = piece.indexOf(NEWLINE, at);
  return newline < 0 ? piece.length : newline;
}

/** A file from a byte on, in pieces of whole lines. A piece is overwritten when the next one is asked for. */
function* wholeLines(descriptor: number, from: number): Generator<Buffer> {
  // Of a line that is too long, enough is kept to recognise it as such.
  const most = LONGEST_LINE + 1;
  const buffer = Buffer.allocUnsafe(most + PIECE);
  let kept = 0;
  for (let at = from; ;) {
    const read = fs.readSync(descriptor, buffer, kept, PIECE, at);
    at += read;
    const filled = kept + read;
    const end = read === 0 ? filled : buffer.subarray(0, filled).lastIndexOf(NEWLINE) + 1;
    if (end > 0) yield buffer.subarray(0, end);
    if (read === 0) return;
    kept = Math.min(filled - end, most);
    buffer.copyWithin(0, end, end + kept);
  }
}

/** The first event, and those in the last `bytes` of the log, without reading what lies between. */
export function readEnds(
  folder: string,
  bytes: number,
): { first: LoggedEvent | undefined; newest: LoggedEvent[] } {
  return withEvents(folder, { first: undefined, newest: [] }, (descriptor) => {
    const { size } = fs.fstatSync(descriptor);
    const part = (from: number): Buffer => {
      const buffer = Buffer.alloc(Math.min(bytes, size - from));
      fs.readSync(descriptor, buffer, 0, buffer.length, from);
      return buffer;
    };
    const end = part(Math.max(0, size - bytes));
    return { first: firstEvent(size > bytes ? part(0) : end), newest: eventsIn(end) };
  });
}

function eventsIn(piece: Buffer): LoggedEvent[] {
  const events: LoggedEvent[] = [];
  new Scan(collecting(events)).read(piece, 0);
  return events;
}

function firstEvent(piece: Buffer): LoggedEvent | undefined {
  for (let at = 0, end = 0; at < piece.length; at = end + 1) {
    end = endOfLine(piece, at);
    const event = eventIn(piece.toString('latin1', at, end));
    if (event) return event;
  }
  return undefined;
}

/** The result of `read`; `otherwise` if there is no log. */
function withEvents<Result>(folder: string, otherwise: Result, read: (descriptor: number) => Result): Result {
  const descriptor = openInside(folder, EVENTS);
  if (descriptor === undefined) return otherwise;
  try {
    return read(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The newest event of this type in the last `bytes` of the log. Parses only the line of that event. */
export function readNewest<Type extends RunEvent['type']>(
  folder: string,
  { type, bytes }: { type: Type; bytes: number },
): Extract<RunEvent, { type: Type }> | undefined {
  return withEvents(folder, undefined, (descriptor) => {
    const { size } = fs.fstatSync(descriptor);
    const text = `"type":"${type}"`;
    const buffer = Buffer.allocUnsafe(LOOKED_AT + text.length);
    // Most often it lies near the end.
    for (let end = size, least = Math.max(0, size - bytes); end > least; end -= LOOKED_AT) {
      const from = Math.max(least, end - LOOKED_AT);
      const length = Math.min(end + text.length, size) - from;
      fs.readSync(descriptor, buffer, 0, length, from);
      const at = buffer.subarray(0, length).lastIndexOf(text);
      if (at >= 0) return eventAround(descriptor, from + at, type);
    }
    return undefined;
  });
}

/** Bytes that are searched at a time. */
const LOOKED_AT = 128 * 1024;

/** The event in whose line this byte of the log lies, if it is of this type. */
function eventAround<Type extends RunEvent['type']>(
  descriptor: number,
  at: number,
  type: Type,
): Extract<RunEvent, { type: Type }> | undefined {
  const line = lineAround(descriptor, at, USUAL_LINE) ?? lineAround(descriptor, at, LONGEST_LINE) ?? '';
  const event = eventIn(line)?.event;
  return event && isOf(event, type) ? event : undefined;
}

/** Bytes on either side. Nearly every line is shorter, and a listing reads one of each run. */
const USUAL_LINE = 16 * 1024;

/** The line with this byte of the log; undefined if it extends more than `reach` bytes to either side. */
function lineAround(descriptor: number, at: number, reach: number): string | undefined {
  const from = Math.max(0, at - reach);
  const buffer = Buffer.allocUnsafe(at - from + reach);
  const piece = buffer.subarray(0, fs.readSync(descriptor, buffer, 0, buffer.length, from));
  const begin = piece.subarray(0, at - from).lastIndexOf(NEWLINE) + 1;
  const end = endOfLine(piece, at - from);
  const isWhole = (begin > 0 || from === 0) && (end < piece.length || piece.length < buffer.length);
  return isWhole ? piece.toString('latin1', begin, end) : undefined;
}

function isOf<Type extends RunEvent['type']>(
  event: RunEvent,
  type: Type,
): event is Extract<RunEvent, { type: Type }> {
  return event.type === type;
}
