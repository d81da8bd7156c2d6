/** Options of a data set for drawing batches: changing them needs no new preparation of the pictures. */
import type { DatasetOptions } from '#main/contract/index.ts';

export type Drawing = Pick<DatasetOptions, 'mirror' | 'evenClasses'>;

const NAMES: readonly string[] = ['mirror', 'evenClasses'] satisfies (keyof Drawing)[];

export function drawingOf({ mirror, evenClasses }: DatasetOptions): Drawing {
  return { mirror, evenClasses };
}

/** Whether these options are only for drawing batches. */
export function isDrawing(options: Partial<DatasetOptions>): boolean {
  return Object.keys(options).every((name) => NAMES.includes(name));
}
