/** Opens folders of the app's in the file manager. */
import fs from 'node:fs';
import { shell } from 'electron';
import { StudioError } from '#main/contract/index.ts';
import { ensureRunsFolder, type RunsFolder } from './runs-folder.ts';

/** Opens the folder, and makes it first if it is missing. Throws StudioError `folder-not-shown`. */
export async function showFolder(folder: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const trouble = await shell.openPath(folder);
  if (trouble)
    throw new StudioError({
      code: 'folder-not-shown',
      message: `${folder} could not be opened in the file manager: ${trouble}.`,
      remedy: 'Open it in the file manager yourself.',
    });
}

/** Opens the folder that runs go to; throws StudioError also when a chosen one does not exist. */
export async function showRuns(runs: RunsFolder): Promise<void> {
  ensureRunsFolder(runs);
  await showFolder(runs.folder);
}
