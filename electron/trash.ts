/**
 * Moves runs to the trash: only what the library lists as a run, and never one that a process trains. Nothing
 * is deleted for good.
 */
import fs from 'node:fs';
import path from 'node:path';
import { StudioError, type RunListing } from '#main/contract/index.ts';

type Trash = {
  /** The runs as the library lists them now. */
  runs: RunListing[];
  /** Rejects when the system has no trash for that place. */
  moveToTrash: (folder: string) => Promise<void>;
};

/** Throws StudioError `run-missing`, `run-held` or `no-trash`. */
export async function trashRun(folder: string, { runs, moveToTrash }: Trash): Promise<void> {
  const run = runs.find((listed) => path.resolve(listed.folder) === path.resolve(folder));
  if (!run) throw missing(folder);
  if (run.holder) throw held(run, run.holder);
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

function held(
  { config }: RunListing,
  { program, pid, since }: NonNullable<RunListing['holder']>,
): StudioError {
  return new StudioError({
    code: 'run-held',
    message: `The run “${config.name}” is being trained by ${program} (process ${pid}) since ${since}.`,
    remedy: 'Stop it there, then move it to the trash.',
  });
}

function noTrash({ config, folder }: RunListing, reason: string): StudioError {
  return new StudioError({
    code: 'no-trash',
    message: `The run “${config.name}” could not be moved to the trash: ${reason}. Nothing was deleted.`,
    remedy: `Delete its folder in the file manager: ${folder}.`,
  });
}
