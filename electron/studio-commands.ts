/** The commands that the app answers itself: about, the dialogs, the file manager and the trash. */
import path from 'node:path';
import { app, shell, type BrowserWindow } from 'electron';
import { COMMANDS, type Handlers } from '#main/contract/index.ts';
import { chooseDatasetFolder, chooseExportFile, chooseExportFolder, choosePicture } from './dialogs.ts';
import type { Grants } from './grants.ts';
import type { Supervisor } from './supervisor.ts';
import { trashRun } from './trash.ts';

/** A path chosen in a dialog is granted to the page by that. */
export function createStudioHandlers({
  window,
  grants,
  library,
  runs,
}: {
  window: BrowserWindow;
  grants: Grants;
  library: Supervisor;
  runs: string;
}): Handlers<'studio'> {
  return {
    'studio.about': async () => ({
      version: app.getVersion(),
      electron: process.versions.electron,
      runsFolder: runs,
    }),
    'dataset.choose': async () => {
      const folder = await chooseDatasetFolder(window);
      if (folder !== null) grants.grantReading(folder);
      return { path: folder };
    },
    'latent.choosePicture': async () => {
      const picture = await choosePicture(window);
      if (picture !== null) grants.grantPicture(picture);
      return { path: picture };
    },
    'export.chooseFolder': async () => {
      const folder = await chooseExportFolder(window);
      if (folder !== null) grants.grantExport(folder);
      return { path: folder };
    },
    'export.chooseFile': async ({ name }) => {
      const file = await chooseExportFile(window, path.basename(name));
      if (file !== null) grants.grantExport(file);
      return { path: file };
    },
    'runs.trash': async ({ folder }) => {
      const listed = COMMANDS['runs.list'].output.parse(
        await library.request({ name: 'runs.list', input: {} }),
      );
      await trashRun(folder, { runs: listed, moveToTrash: (place) => shell.trashItem(place) });
      return {};
    },
    'studio.reveal': async ({ path: place }) => {
      shell.showItemInFolder(path.resolve(place));
      return {};
    },
  };
}
