/** The commands that the app answers itself: about, the dialogs, and the file manager. */
import path from 'node:path';
import { app, shell, type BrowserWindow } from 'electron';
import type { Handlers } from '#main/contract/index.ts';
import { chooseDatasetFolder, chooseExportFile, chooseExportFolder } from './dialogs.ts';
import type { Grants } from './grants.ts';

/** A path chosen in a dialog is granted to the page by that. */
export function createStudioHandlers({ window, grants, runs }: {
  window: BrowserWindow; grants: Grants; runs: string;
}): Handlers<'studio'> {
  return {
    'studio.about': async () => ({ version: app.getVersion(), electron: process.versions.electron, runsFolder: runs }),
    'dataset.choose': async () => {
      const folder = await chooseDatasetFolder(window);
      if (folder !== null) grants.grantReading(folder);
      return { path: folder };
    },
    'export.chooseFolder': async () => {
      const folder = await chooseExportFolder(window);
      if (folder !== null) grants.grantWriting(folder);
      return { path: folder };
    },
    'export.chooseFile': async ({ name }) => {
      const file = await chooseExportFile(window, path.basename(name));
      if (file !== null) grants.grantWriting(file);
      return { path: file };
    },
    'studio.reveal': async ({ path: place }) => {
      shell.showItemInFolder(path.resolve(place));
      return {};
    },
  };
}
