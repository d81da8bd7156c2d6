/** The results of the quality bench, kept in a file: each finished row once. */
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
  /** Of processor time. */
  minutes: z.number().positive(),
  /** A hash of what was trained: a row whose settings change is measured again. */
  settings: z.string(),
  /** With "+" where the sources differed from it. */
  commit: z.string(),
  processor: z.string(),
  /** Left out of real pictures. */
  steps: z.number().int().optional(),
  memoryMB: z.number().int().optional(),
  ...scoresSchema.shape,
});
export type Result = z.infer<typeof resultSchema>;

/** All results so far; none where there is no such file. Throws ZodError for a file of another kind. */
export function readResults(file: string): Result[] {
  if (!fs.existsSync(file)) return [];
  return z.array(resultSchema).parse(JSON.parse(fs.readFileSync(file, 'utf8')));
}

/** Adds a result to the file, one to a line. */
export function addResult(file: string, result: Result): void {
  const lines = [...readResults(file), resultSchema.parse(result)].map((each) => `  ${JSON.stringify(each)}`);
  writeWhole(file, `[\n${lines.join(',\n')}\n]\n`);
}

/** Whether the same has been measured already. */
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
