/**
 * A list that the app keeps in a JSON file of its own. A file that cannot be read is no error, and a list
 * that cannot be saved is only logged.
 */
import fs from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '#main/runs/files.ts';
import { describeError, log } from './log.ts';

/** The entries in the file that fit the schema; undefined when the file cannot be read or holds no list. */
export function readList<Entry>(file: string, schema: z.ZodType<Entry>): Entry[] | undefined {
  try {
    return z
      .array(z.unknown())
      .parse(JSON.parse(fs.readFileSync(file, 'utf8')))
      .flatMap((entry) => schema.safeParse(entry).data ?? []);
  } catch {
    return undefined;
  }
}

export function saveList(file: string, entries: readonly unknown[]): void {
  try {
    writeWhole(file, JSON.stringify(entries));
  } catch (error) {
    log.warn(`${file} could not be saved: ${describeError(error)}`);
  }
}
