/**
 * Records about a run's checkpoints, in two files beside them: best.json, written by the process that trains,
 * and kept.json, which the library may write meanwhile. A file that cannot be read counts as missing.
 */
import path from 'node:path';
import { z } from 'zod';
import { bestCheckpointSchema, type BestCheckpoint } from '../contract/index.ts';
import type { Disk } from './disk.ts';
import { diskFailure, writeWhole } from './files.ts';

const BEST = 'best.json';
const KEPT = 'kept.json';

/**
 * The format of runs of version 6 and before: the best had the smallest distance, and was named by its file.
 */
const nearestSchema = z
  .object({ file: z.string().regex(/^step-\d{9,15}\.safetensors$/), distance: z.number() })
  .transform(({ file, distance }): BestCheckpoint => ({
    step: Number(/\d+/.exec(file)?.[0]),
    metric: 'distance',
    value: distance,
  }));
const bestSchema = z.union([bestCheckpointSchema, nearestSchema]);
const keptSchema = z.object({ steps: z.array(z.number().int().min(0)) });

export class CheckpointRecord {
  private readonly folder: string;
  private readonly disk: Disk;

  constructor(folder: string, disk: Disk) {
    this.folder = folder;
    this.disk = disk;
  }

  best(): BestCheckpoint | undefined {
    return this.read(BEST, bestSchema);
  }

  /** A value of NaN is not read back. Throws StudioError `not-written`. */
  setBest(best: BestCheckpoint): void {
    this.write(BEST, best);
  }

  /** Throws StudioError `not-written`. */
  forgetBest(): void {
    const file = path.join(this.folder, BEST);
    try {
      this.disk.remove(file);
    } catch (error) {
      throw diskFailure(error, file);
    }
  }

  /** Removes later steps from both records. Throws StudioError `not-written`. */
  forgetAfter(step: number): void {
    if ((this.best()?.step ?? 0) > step) this.forgetBest();
    const kept = this.kept();
    if (kept.some((each) => each > step)) this.setKept(kept.filter((each) => each <= step));
  }

  /** Steps of the checkpoints that the person keeps. */
  kept(): number[] {
    return this.read(KEPT, keptSchema)?.steps ?? [];
  }

  /** Throws StudioError `not-written`. */
  setKept(steps: readonly number[]): void {
    this.write(KEPT, { steps: [...new Set(steps)].sort((a, b) => a - b) });
  }

  private write(name: string, content: unknown): void {
    writeWhole(path.join(this.folder, name), JSON.stringify(content), this.disk);
  }

  private read<Content>(name: string, schema: z.ZodType<Content>): Content | undefined {
    const file = path.join(this.folder, name);
    try {
      return this.disk.exists(file)
        ? schema.parse(JSON.parse(this.disk.read(file).toString('utf8')))
        : undefined;
    } catch {
      return undefined;
    }
  }
}
