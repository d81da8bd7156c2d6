/**
 * Which paths the page may name: what a person chose or dropped, and the runs. The page itself cannot add
 * one.
 */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '#main/contract/index.ts';
import { describeError, log } from './log.ts';

/** Dataset folders that stay granted from one session to the next. */
const REMEMBERED_FOLDERS = 50;
const memorySchema = z.array(z.string());

/**
 * read: open or show what is there. export: make something new just there, neither above nor below. run:
 * change a run.
 */
export type Access = 'read' | 'export' | 'run';

export class Grants {
  private readonly memory: string;
  private readonly granted: Record<Access, Set<string>>;
  /** Files that may be read, and nothing beside them; links were followed when they were granted. */
  private readonly pictures = new Set<string>();

  /** `memory` is the file that keeps the folders granted for reading; `runs` is granted always. */
  constructor({ memory, runs }: { memory: string; runs: string }) {
    this.memory = memory;
    this.granted = { read: new Set([runs, ...recall(memory)]), export: new Set(), run: new Set([runs]) };
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

  /** Lets the page have this picture read, and nothing beside it, until the app ends. */
  grantPicture(file: string): void {
    this.pictures.add(realPath(file));
  }

  /** Lets the page have this file written, or a new folder made in this one, until the app ends. */
  grantExport(place: string): void {
    this.granted.export.add(place);
  }

  /**
   * Throws StudioError unless the path is, or (but for an export) lies in, something granted; links are
   * followed first.
   */
  require(asked: string, access: Access): void {
    const real = realPath(asked);
    const within = (places: Set<string>) => [...places].some((place) => contains(realPath(place), real));
    const exactly = (places: Set<string>) => [...places].some((place) => realPath(place) === real);
    const granted = {
      read: () => within(this.granted.read) || within(this.granted.export) || this.pictures.has(real),
      export: () => exactly(this.granted.export),
      run: () => within(this.granted.run),
    };
    if (granted[access]()) return;
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
