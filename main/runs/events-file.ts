/** Writes events.jsonl: what happened in a run, one JSON line each, in order, about once a second. */
import path from 'node:path';
import type { RunEvent } from '../contract/index.ts';
import type { Disk } from './disk.ts';
import { lineOf } from './event-lines.ts';
import { diskFailure } from './files.ts';

export const EVENTS = 'events.jsonl';
const FLUSH_MILLISECONDS = 1000;
/** Events, some hours of steps; while the disk refuses to write, the oldest are dropped beyond this. */
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

  /** Drops progress, which follows from the other events. */
  add(event: RunEvent): void {
    if (event.type === 'progress') return;
    if (this.waiting.push(lineOf(event)) > MOST_WAITING) this.waiting.shift();
    if (event.type !== 'losses' || performance.now() - this.flushedAt >= FLUSH_MILLISECONDS) this.flush();
  }

  /** Writes the waiting events; `lasting` syncs the file, so that they survive a power cut. */
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
