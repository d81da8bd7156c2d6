/** What stands at each place of a sample grid: a generated picture, one of the data, or the same rebuilt. */
import type { ImageBatch } from '#main/contract/index.ts';
import { rebuiltRows } from './sample-words.ts';

export type SampleKind = 'generated' | 'picture' | 'rebuilt' | 'points';
export type SamplePlace = {
  kind: SampleKind;
  /** What the person calls it. */
  name: string;
  /** Of a picture that the generator made of a class. */
  class?: string;
};

type Grid = Pick<ImageBatch, 'count' | 'columns' | 'rows'>;
type OfRun = { classes: readonly string[]; isPoints: boolean };

/** Tells of the image at this place, counted from 0; people count from 1. */
export function samplePlace(grid: Grid, place: number, { classes, isPoints }: OfRun): SamplePlace {
  if (isPoints) return { kind: 'points', name: 'Points' };
  const row = grid.columns === undefined ? 0 : Math.floor(place / grid.columns);
  if (row < 2 * rebuiltRows(grid)) {
    const kind = row % 2 === 0 ? 'picture' : 'rebuilt';
    return { kind, name: `Sample ${place + 1}, ${kind === 'picture' ? 'a picture of the data' : 'rebuilt'}` };
  }
  const name = `Sample ${place + 1}`;
  const label = grid.rows?.[row];
  if (label === undefined || !classes.includes(label)) return { kind: 'generated', name };
  return { kind: 'generated', name: `${name}, class ${label}`, class: label };
}

/** A name for the file of a sample, without an ending. */
export function sampleFile({ run, step, place }: { run: string; step: number; place: number }): string {
  return `${fileWords(run)} step ${step} sample ${place + 1}`;
}

/** What of a run's name can stand in the name of a file. */
export function fileWords(run: string): string {
  return run.replace(/[^\p{L}\p{N} _-]+/gu, '').trim() || 'run';
}
