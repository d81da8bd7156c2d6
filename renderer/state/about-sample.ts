/** What each picture of a sample grid is: generated, one of the data set, or one of those rebuilt. */
import type { ImageBatch } from '#main/contract/index.ts';
import { rebuiltRows } from './sample-words.ts';

export type SampleKind = 'generated' | 'picture' | 'rebuilt' | 'points';
export type AboutSample = {
  kind: SampleKind;
  /** Its name for people. */
  name: string;
  /** Class for which the generator made the picture, if any. */
  class?: string;
};

type Grid = Pick<ImageBatch, 'count' | 'columns' | 'rows'>;
type OfRun = { classes: readonly string[]; isPoints: boolean };

/** What the image at this index of the grid is, from 0; its name counts from 1. */
export function aboutSample(grid: Grid, index: number, { classes, isPoints }: OfRun): AboutSample {
  if (isPoints) return { kind: 'points', name: 'Points' };
  const row = grid.columns === undefined ? 0 : Math.floor(index / grid.columns);
  if (row < 2 * rebuiltRows(grid)) {
    const kind = row % 2 === 0 ? 'picture' : 'rebuilt';
    return { kind, name: `Sample ${index + 1}, ${kind === 'picture' ? 'a picture of the data' : 'rebuilt'}` };
  }
  const name = `Sample ${index + 1}`;
  const label = grid.rows?.[row];
  if (label === undefined || !classes.includes(label)) return { kind: 'generated', name };
  return { kind: 'generated', name: `${name}, class ${label}`, class: label };
}

/** A name for the file of a sample, without an extension; `index`: where it is in the grid, from 0. */
export function sampleFile({ run, step, index }: { run: string; step: number; index: number }): string {
  return `${fileWords(run)} step ${step} sample ${index + 1}`;
}

/** The name of a run, without characters that a file name may not have. */
export function fileWords(run: string): string {
  return run.replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'run';
}
