/**
 * Finds runs of GAN Studio among data, which they never are: a run that lies below its pictures would train
 * on its own sheets.
 */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A folder with these files is a run, and everything in it belongs to the run. */
const MARKS = ['config.json', 'events.jsonl'] as const;

/** Why a run that lies in a data set is left out. */
export const RUN_IS_NO_DATA = 'A run of GAN Studio: its sheets and files are not data.';

/** Whether the folder with files of these names is a run. */
export function isRun(names: readonly string[]): boolean {
  return MARKS.every((mark) => names.includes(mark));
}

/** The folder of the run that this path is, or lies in; undefined if it is in none. */
export async function runAround(place: string): Promise<string | undefined> {
  for (let folder = place; ; folder = dirname(folder)) {
    const marks = await Promise.all(MARKS.map((mark) => isFile(join(folder, mark))));
    if (marks.every(Boolean)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Remembers the run in which each folder lies, if any. */
export type RunsAround = Map<string, Promise<string | undefined>>;

/** The same for a folder, remembered in `runs`. */
export function runAroundOnce(runs: RunsAround, folder: string): Promise<string | undefined> {
  const looked = runs.get(folder) ?? runAround(folder);
  runs.set(folder, looked);
  return looked;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );
}
