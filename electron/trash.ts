/**
 * Moves runs to the trash: only what the library lists as a run, readable or not, and never one that a
 * process is training. Nothing is deleted for good.
 */
import fs from 'node:fs';
import path from 'node:path';
import { StudioError, type CommandOutput, type RunListing } from '#main/contract/index.ts';

/** The runs as the library lists them now. */
type Listed = CommandOutput<'runs.list'>;
type Trash = Listed & {
  /** Rejects when the system has no trash for that folder. */
  moveToTrash: (folder: string) => Promise<void>;
};

/** Throws StudioError `run-missing`, `run-held` or `no-trash`. */
export async function trashRun(folder: string, { runs, damaged, moveToTrash }: Trash): Promise<void> {
  const known = runs.map((run) => ({ ...run, name: run.config.name }));
  const nameless = damaged.map((run) => ({ ...run, name: path.basename(run.folder) }));
  const run = [...known, ...nameless].find((each) => path.resolve(each.folder) === path.resolve(folder));
  if (!run) throw missing(folder);
  if (run.holder) throw held(run.name, run.holder);
  try {
    await moveToTrash(path.resolve(folder));
  } catch (error) {
    throw noTrash(run, error instanceof Error ? error.message : String(error));
  }
  if (fs.existsSync(folder)) throw noTrash(run, 'it is still there');
}

function missing(folder: string): StudioError {
  return new StudioError({
    code: 'run-missing',
    message: `${folder} is not a run in the runs folder.`,
    remedy: 'It may have been moved or deleted in the meantime. See the list of runs.',
  });
}

function held(name: string, { program, pid, since }: NonNullable<RunListing['holder']>): StudioError {
  return new StudioError({
    code: 'run-held',
    message: `The run “${name}” is being trained by ${program} (process ${pid}) since ${since}.`,
    remedy: 'Stop it there, then move it to the trash.',
  });
}

function noTrash({ name, folder }: { name: string; folder: string }, reason: string): StudioError {
  return new StudioError({
    code: 'no-trash',
    message: `The run “${name}” could not be moved to the trash: ${reason}. Nothing was deleted.`,
    remedy: `Delete its folder in the file manager: ${folder}.`,
  });
}
