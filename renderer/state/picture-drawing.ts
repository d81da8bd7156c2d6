/**
 * How prepared pictures are drawn for a step: a change of that prepares nothing anew, and no classes are
 * found.
 */
import type { DatasetOptions } from '#main/contract/index.ts';

export type Drawing = Pick<DatasetOptions, 'mirror' | 'evenClasses'>;

const NAMES: readonly string[] = ['mirror', 'evenClasses'] satisfies (keyof Drawing)[];

export function drawingOf({ mirror, evenClasses }: DatasetOptions): Drawing {
  return { mirror, evenClasses };
}

/** Whether these options say nothing of how pictures are prepared. */
export function isDrawing(options: Partial<DatasetOptions>): boolean {
  return Object.keys(options).every((name) => NAMES.includes(name));
}
