/** The checkpoints of a run: each one file, the newest few and the best kept, a damaged one passed over. */
import path from 'node:path';
import { z } from 'zod';
import { StudioError, systemCause, type WhichCheckpoint } from '../contract/index.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.ts';
import type { Disk } from './disk.ts';
import { UNFINISHED, writeWhole } from './files.ts';

const EXTENSION = '.safetensors';
/** Says which one is the best, and how near its samples are to the data. */
const BEST = 'best.json';
const bestSchema = z.object({ file: z.string(), distance: z.number() });

export class Checkpoints {
  private readonly folder: string;
  private readonly disk: Disk;

  constructor(folder: string, disk: Disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /** Writes one, then lets go of the oldest beyond `keep`, but for the best. Answers the file's name. */
  save(checkpoint: Checkpoint, { keep, distance }: { keep: number; distance?: number | undefined }): string {
    const name = `${stepName(checkpoint.step)}${EXTENSION}`;
    writeWhole(path.join(this.folder, name), encodeCheckpoint(checkpoint), this.disk);
    const best = this.best();
    if (distance !== undefined && (!best || distance < best.distance || best.file === name)) {
      writeWhole(path.join(this.folder, BEST), JSON.stringify({ file: name, distance }), this.disk);
    }
    this.prune(keep);
    return name;
  }

  /**
   * The newest that is whole, and the damage of those passed over. Throws StudioError `no-checkpoint`, or
   * `checkpoint-damaged` when none is whole.
   */
  newest(): { checkpoint: Checkpoint; damaged: StudioError[] } {
    const damaged: StudioError[] = [];
    for (const name of this.names()) {
      try {
        return { checkpoint: this.read(name), damaged };
      } catch (error) {
        damaged.push(unreadable(error, path.join(this.folder, name)));
      }
    }
    throw (
      damaged[0] ??
      new StudioError({
        code: 'no-checkpoint',
        message: `The run ${path.dirname(this.folder)} has no checkpoint yet.`,
        remedy: 'Let it train until the first one is saved, or stop it: stopping saves one.',
      })
    );
  }

  /**
   * The one that is asked for. Throws StudioError `no-checkpoint` where it is not kept, `checkpoint-damaged` where it
   * cannot be read.
   */
  open(which: WhichCheckpoint): Checkpoint {
    if (which === 'newest') return this.newest().checkpoint;
    const name = which === 'best' ? this.best()?.file : `${stepName(which)}${EXTENSION}`;
    if (name === undefined || !this.names().includes(name)) throw this.notKept(which);
    return this.read(name);
  }

  private read(name: string): Checkpoint {
    const file = path.join(this.folder, name);
    try {
      return decodeCheckpoint(this.disk.read(file), file);
    } catch (error) {
      throw unreadable(error, file);
    }
  }

  private notKept(which: WhichCheckpoint): StudioError {
    const steps = this.steps();
    const asked =
      which === 'best' ? 'does not know its best checkpoint' : `has no checkpoint of step ${which}`;
    return new StudioError({
      code: 'no-checkpoint',
      message: `The run ${path.dirname(this.folder)} ${asked}.`,
      remedy:
        steps.length > 0
          ? `Choose the newest, or one of the steps ${steps.join(', ')}.`
          : 'Let it train until the first one is saved.',
    });
  }

  /** No checkpoint is the best any more; all files stay. */
  forgetBest(): void {
    this.disk.remove(path.join(this.folder, BEST));
  }

  /** Steps of the checkpoints, newest first, by their names alone. */
  steps(): number[] {
    return this.names().map((name) => Number(/(\d+)/.exec(name)?.[1]));
  }

  private best(): z.infer<typeof bestSchema> | undefined {
    const file = path.join(this.folder, BEST);
    try {
      return this.disk.exists(file)
        ? bestSchema.parse(JSON.parse(this.disk.read(file).toString('utf8')))
        : undefined;
    } catch {
      return undefined;
    }
  }

  private prune(keep: number): void {
    const best = this.best()?.file;
    const old = this.names()
      .slice(keep)
      .filter((name) => name !== best);
    const unfinished = this.disk.list(this.folder).filter((name) => name.endsWith(UNFINISHED));
    for (const name of [...old, ...unfinished]) this.disk.remove(path.join(this.folder, name));
  }

  private names(): string[] {
    return this.disk
      .list(this.folder)
      .filter((name) => name.endsWith(EXTENSION))
      .sort()
      .reverse();
  }
}

/** A step as file names have it: they sort as their steps do. */
export function stepName(step: number): string {
  return `step-${String(step).padStart(9, '0')}`;
}

function unreadable(error: unknown, file: string): StudioError {
  if (error instanceof StudioError) return error;
  return new StudioError({
    code: 'checkpoint-damaged',
    message: `The checkpoint ${file} cannot be read: ${systemCause(error)}.`,
    remedy: 'Use an earlier checkpoint of the run.',
  });
}
