/**
 * A disk in memory for tests. A power cut loses what was written but not synced, and new names and renames in
 * a folder that was not synced. Any operation can be made to fail.
 */
import path from 'node:path';
import type { Disk } from './disk.ts';

type Content = { written: Buffer; synced: Buffer };

export class TestDisk implements Disk {
  /** Names as they are now, and as they would be after a power cut. */
  private names = new Map<string, Content>();
  private lasting = new Map<string, Content>();
  private readonly folders = new Set<string>();
  private readonly opened = new Map<number, Content>();
  private descriptors = 0;
  /** Counts the operations that may fail: opening, writing, syncing, renaming, removing. */
  operations = 0;
  /**
   * Which operation fails, counted from 1 (`every`: and all after it), and with which code; a failed write
   * has written half.
   */
  failure: { at: number; code: string; every?: boolean } | undefined;

  /** What is left is what the machine finds when it starts again. */
  cutPower(): void {
    for (const content of new Set([...this.names.values(), ...this.lasting.values()]))
      content.written = content.synced;
    this.names = new Map(this.lasting);
    this.opened.clear();
  }

  open(file: string, how: 'append' | 'new'): number {
    this.mayFail();
    const found = this.names.get(file);
    if (found && how === 'new') throw refusal('EEXIST');
    const content = found && how === 'append' ? found : { written: Buffer.alloc(0), synced: Buffer.alloc(0) };
    this.names.set(file, content);
    this.opened.set(++this.descriptors, content);
    return this.descriptors;
  }

  write(descriptor: number, bytes: Uint8Array): void {
    const content = this.content(descriptor);
    const half = () => {
      content.written = Buffer.concat([content.written, bytes.subarray(0, Math.floor(bytes.length / 2))]);
    };
    this.mayFail(half);
    content.written = Buffer.concat([content.written, bytes]);
  }

  sync(descriptor: number): void {
    this.mayFail();
    const content = this.content(descriptor);
    content.synced = Buffer.from(content.written);
  }

  close(descriptor: number): void {
    this.opened.delete(descriptor);
  }

  copyMode(): void {
    // There are no permissions here.
  }

  rename(from: string, to: string): void {
    this.mayFail();
    const content = this.names.get(from);
    if (!content) throw refusal('ENOENT');
    this.names.delete(from);
    this.names.set(to, content);
  }

  syncFolder(folder: string): void {
    this.mayFail();
    const inside = (names: Map<string, Content>) =>
      [...names].filter(([name]) => path.dirname(name) === folder);
    for (const [name] of inside(this.lasting)) this.lasting.delete(name);
    for (const [name, content] of inside(this.names)) this.lasting.set(name, content);
  }

  remove(file: string): void {
    this.mayFail();
    this.names.delete(file);
  }

  makeFolder(folder: string): void {
    this.folders.add(folder);
  }

  list(folder: string): string[] {
    return [...this.names.keys()]
      .filter((name) => path.dirname(name) === folder)
      .map((name) => path.basename(name));
  }

  read(file: string): Buffer {
    const content = this.names.get(file);
    if (!content) throw refusal('ENOENT');
    return Buffer.from(content.written);
  }

  exists(place: string): boolean {
    return this.names.has(place) || this.folders.has(place);
  }

  private content(descriptor: number): Content {
    const content = this.opened.get(descriptor);
    if (!content) throw refusal('EBADF');
    return content;
  }

  private mayFail(before?: () => void): void {
    this.operations += 1;
    if (
      !this.failure ||
      this.operations < this.failure.at ||
      (this.operations > this.failure.at && !this.failure.every)
    )
      return;
    before?.();
    throw refusal(this.failure.code);
  }
}

function refusal(code: string): Error {
  return Object.assign(new Error(`${code}: the test disk refuses`), { code });
}
