/** Reads and writes the results of the quality bench in their file: each finished row is in it once. */
import fs from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../runs/index.ts';
import { SETS } from './quality-sets.ts';

export const scoresSchema = z.object({
  kid: z.number(),
  kidError: z.number(),
  frechet: z.number(),
  precision: z.number(),
  recall: z.number(),
  variety: z.number(),
  copies: z.number(),
  chequering: z.number(),
});
export type Scores = z.infer<typeof scoresSchema>;

const resultSchema = z.strictObject({
  row: z.string(),
  set: z.enum(SETS),
  seed: z.number().int(),
  /** Processor time. */
  minutes: z.number().positive(),
  /** A hash of the row's settings: a row whose settings change is measured again. */
  settings: z.string(),
  /** As `commit` returns it. */
  commit: z.string(),
  processor: z.string(),
  /** Undefined for real pictures, as is `memoryMB`. */
  steps: z.number().int().optional(),
  memoryMB: z.number().int().optional(),
  ...scoresSchema.shape,
});
export type Result = z.infer<typeof resultSchema>;

/**
 * All results so far; none if there is no file. Throws ZodError or SyntaxError for a file of another format.
 */
export function readResults(file: string): Result[] {
  if (!fs.existsSync(file)) return [];
  return z.array(resultSchema).parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}

/** Adds a result to the file, which has one on each line. */
export function addResult(file: string, result: Result): void {
  const lines = [...readResults(file), resultSchema.parse(result)].map((each) => `  ${JSON.stringify(each)}`);
  writeWhole(file, `[\n${lines.join(',\n')}\n]\n`);
}

/** Whether a result of the same row, set, seed, time and settings is there. */
export function isMeasured(
  results: readonly Result[],
  wanted: Pick<Result, 'row' | 'set' | 'seed' | 'minutes' | 'settings'>,
): boolean {
  return results.some(
    (each) =>
      each.row === wanted.row &&
      each.set === wanted.set &&
      each.seed === wanted.seed &&
      each.minutes === wanted.minutes &&
      each.settings === wanted.settings,
  );
}
