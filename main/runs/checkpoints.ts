/**
 * The checkpoints of a run, one file each. The newest few stay, and so do the best and those that the person
 * keeps.
 */
import path from 'node:path';
import { StudioError, systemCause, type BestCheckpoint, type WhichCheckpoint } from '../contract/index.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from './checkpoint-file.ts';
import { CheckpointRecord } from './checkpoint-record.ts';
import type { Disk } from './disk.ts';
import { isLeftBehind, writeWhole } from './files.ts';
import { moveLater, stepName, stepsIn } from './given-up.ts';

const EXTENSION = '.safetensors';

export class Checkpoints {
  private readonly folder: string;
  private readonly disk: Disk;
  private readonly record: CheckpointRecord;

  constructor(folder: string, disk: Disk) {
    this.folder = folder;
    this.disk = disk;
    this.record = new CheckpointRecord(folder, disk);
  }

  /**
   * Writes one, then removes the oldest beyond `keep`, except the best, those that the person keeps and
   * those of the steps in `hold`. Returns the file’s name.
   */
  save(checkpoint: Checkpoint, { keep, hold }: { keep: number; hold: readonly number[] }): string {
    const name = fileName(checkpoint.step);
    writeWhole(path.join(this.folder, name), encodeCheckpoint(checkpoint), this.disk);
    this.prune(keep, hold);
    return name;
  }

  /**
   * The newest that is whole, and the errors of newer ones that are damaged. Throws StudioError
   * `no-checkpoint`, or `checkpoint-damaged` when none is whole.
   */
  newest(): { checkpoint: Checkpoint; damaged: StudioError[] } {
    const damaged: StudioError[] = [];
    for (const step of this.steps()) {
      try {
        return { checkpoint: this.read(step), damaged };
      } catch (error) {
        damaged.push(unreadable(error, this.fileOf(step)));
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

  /** Throws StudioError `no-checkpoint` if it does not exist, `checkpoint-damaged` if it cannot be read. */
  open(which: WhichCheckpoint): Checkpoint {
    if (which === 'newest') return this.newest().checkpoint;
    const step = which === 'best' ? this.best()?.step : which;
    if (step === undefined || !this.has(step)) throw this.notKept(which);
    return this.read(step);
  }

  private read(step: number): Checkpoint {
    const file = this.fileOf(step);
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

  /** The best; undefined if none is recorded, or if its file is gone. */
  best(): BestCheckpoint | undefined {
    const best = this.record.best();
    return best && this.has(best.step) ? best : undefined;
  }

  /** Throws StudioError `not-written`. */
  setBest(best: BestCheckpoint): void {
    this.record.setBest(best);
  }

  /** Afterwards no checkpoint is the best; all files stay. */
  forgetBest(): void {
    this.record.forgetBest();
  }

  /** Steps of the checkpoints that the person keeps. */
  kept(): number[] {
    return this.record.kept().filter((step) => this.has(step));
  }

  /**
   * Keeps the checkpoint of this step however many come after it, or stops keeping it. Throws StudioError
   * `no-checkpoint` or `not-written`.
   */
  keep(step: number, keep: boolean): void {
    if (!this.has(step)) throw this.notKept(step);
    const others = this.kept().filter((each) => each !== step);
    this.record.setKept(keep ? [...others, step] : others);
  }

  /**
   * Moves checkpoints of later steps to the folder `to`, the newest last. Until that last rename the run
   * resumes from where it was; after it, from the newest checkpoint that is left. Afterwards no later
   * checkpoint is the best or kept. If this was interrupted, doing it again completes it. Throws StudioError
   * `not-written`.
   */
  giveUpAfter(step: number, to: string): void {
    moveLater({ from: this.folder, to, extension: EXTENSION, step }, this.disk);
    this.record.forgetAfter(step);
  }

  /** Steps of the checkpoints, newest first, by their names alone. */
  steps(): number[] {
    return stepsIn(this.disk.list(this.folder), EXTENSION);
  }

  private has(step: number): boolean {
    return this.disk.exists(this.fileOf(step));
  }

  private fileOf(step: number): string {
    return path.join(this.folder, fileName(step));
  }

  private prune(keep: number, hold: readonly number[]): void {
    const stay = new Set([this.best()?.step, ...this.kept(), ...hold]);
    const old = this.steps()
      .slice(keep)
      .filter((step) => !stay.has(step))
      .map(fileName);
    const unfinished = this.disk.list(this.folder).filter(isLeftBehind);
    for (const name of [...old, ...unfinished]) this.disk.remove(path.join(this.folder, name));
  }
}

function fileName(step: number): string {
  return `${stepName(step)}${EXTENSION}`;
}

function unreadable(error: unknown, file: string): StudioError {
  if (error instanceof StudioError) return error;
  return new StudioError({
    code: 'checkpoint-damaged',
    message: `The checkpoint ${file} cannot be read: ${systemCause(error)}.`,
    remedy: 'Use an earlier checkpoint of the run.',
  });
}
