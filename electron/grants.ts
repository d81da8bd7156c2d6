/** Which paths the page may name: what a person chose or dropped, and the runs. The page itself cannot add one. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '#main/contract/index.ts';
import { describeError, log } from './log.ts';

/** Dataset folders that stay granted from one session to the next. */
const REMEMBERED_FOLDERS = 50;
const memorySchema = z.array(z.string());

/** read: open or show what is there. write: make new files. */
export type Access = 'read' | 'write';

export class Grants {
  private readonly memory: string;
  private readonly granted: Record<Access, Set<string>>;

  /** `memory` is the file that keeps the folders granted for reading; `runs` is granted always. */
  constructor({ memory, runs }: { memory: string; runs: string }) {
    this.memory = memory;
    this.granted = { read: new Set([runs, ...recall(memory)]), write: new Set([runs]) };
  }

  /** Lets the page open this folder, now and in later sessions. */
  grantReading(folder: string): void {
    this.granted.read.delete(folder);
    this.granted.read.add(folder);
    const newest = [...this.granted.read].slice(-REMEMBERED_FOLDERS);
    try {
      fs.writeFileSync(this.memory, JSON.stringify(newest));
    } catch (error) {
      log.warn(`The list of opened folders could not be saved: ${describeError(error)}`);
    }
  }

  /** Lets the page have things written to this file, or below this folder, until the app ends. */
  grantWriting(place: string): void {
    this.granted.write.add(place);
  }

  /** Throws StudioError unless the path is, or lies in, something granted; links are followed first. */
  require(asked: string, access: Access): void {
    const granted = access === 'read' ? [...this.granted.read, ...this.granted.write] : [...this.granted.write];
    const real = realPath(asked);
    if (granted.some((place) => contains(realPath(place), real))) return;
    throw new StudioError({
      code: 'path-not-granted',
      message: `GAN Studio was not given ${asked}.`,
      remedy: 'Choose it in the dialog, or drop it on the window.',
    });
  }
}

function recall(file: string): string[] {
  try {
    return memorySchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

function contains(folder: string, place: string): boolean {
  const below = path.relative(folder, place);
  return below === '' || (below.split(path.sep)[0] !== '..' && !path.isAbsolute(below));
}

/** The path without links; of a path that does not exist yet, its existing part. */
function realPath(place: string): string {
  const whole = path.resolve(place);
  try {
    return fs.realpathSync(whole);
  } catch {
    const parent = path.dirname(whole);
    return parent === whole ? whole : path.join(realPath(parent), path.basename(whole));
  }
}
