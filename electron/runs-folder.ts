/**
 * The folder that runs go to. The app makes the default one; one that a person chose must exist: if the app
 * made it while its disk is unplugged, runs would silently go elsewhere.
 */
import fs from 'node:fs';
import path from 'node:path';
import { StudioError, systemCause, type Failure } from '#main/contract/index.ts';

export type RunsFolder = { folder: string; isDefault: boolean };

/** Throws StudioError `runs-folder-missing` when a folder that a person chose does not exist. */
export function requireRunsFolder(runs: RunsFolder): void {
  const failure = troubleWith(runs);
  if (failure) throw new StudioError(failure);
}

/** Why no run can go there now; undefined when one can. */
export function troubleWith({ folder, isDefault }: RunsFolder): Failure | undefined {
  if (isDefault || isFolder(folder)) return undefined;
  return {
    code: 'runs-folder-missing',
    message: `The folder for runs is not there: ${folder}.`,
    remedy: 'Connect its disk, or choose another folder under Preferences.',
  };
}

/** Whether there is a run already, or may be one, in a chosen folder that cannot be found now. */
export function hasRuns(runs: RunsFolder): boolean {
  if (troubleWith(runs)) return true;
  try {
    return fs
      .readdirSync(runs.folder)
      .some((name) => fs.existsSync(path.join(runs.folder, name, 'config.json')));
  } catch {
    return false;
  }
}

/** Makes the default folder if it is missing, before it is shown or written to. Throws StudioError. */
export function ensureRunsFolder(runs: RunsFolder): void {
  requireRunsFolder(runs);
  if (!runs.isDefault) return;
  try {
    fs.mkdirSync(runs.folder, { recursive: true });
  } catch (error) {
    throw refusal(runs.folder, error);
  }
}

/** Throws StudioError `folder-not-writable` unless files can be made in this folder. */
export function requireWritable(folder: string): void {
  try {
    fs.rmdirSync(fs.mkdtempSync(path.join(folder, '.gan-studio-')));
  } catch (error) {
    throw refusal(folder, error);
  }
}

function isFolder(place: string): boolean {
  try {
    return fs.statSync(place).isDirectory();
  } catch {
    return false;
  }
}

function refusal(folder: string, error: unknown): StudioError {
  return new StudioError({
    code: 'folder-not-writable',
    message: `Runs cannot be saved in ${folder}: ${systemCause(error)}.`,
    remedy: 'Choose a folder that you may write to.',
  });
}
