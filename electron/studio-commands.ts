/**
 * The commands that the main process answers itself: about, preferences, dialogs, recent data sets, the file
 * manager and the trash.
 */
import path from 'node:path';
import { shell, type BrowserWindow } from 'electron';
import { COMMANDS, type Handlers } from '#main/contract/index.ts';
import { aboutHandlers } from './about.ts';
import { chooseDataset, chooseExportFile, chooseExportFolder, choosePicture } from './dialogs.ts';
import { placesOf } from './dropped.ts';
import type { Grants } from './grants.ts';
import { createPreferenceHandlers, type Affected } from './preference-commands.ts';
import type { RecentDatasets } from './recent-datasets.ts';
import { showRuns } from './show-folder.ts';
import type { Supervisor } from './supervisor.ts';
import { trashRun } from './trash.ts';

/** A path that a person chooses in a dialog is granted to the page. */
export function createStudioHandlers({
  window,
  grants,
  recent,
  library,
  affected,
}: {
  window: BrowserWindow;
  grants: Grants;
  recent: RecentDatasets;
  library: Supervisor;
  affected: Affected;
}): Handlers<'studio'> {
  const { preferences } = affected;
  return {
    ...aboutHandlers,
    ...createPreferenceHandlers(affected),
    ...datasetHandlers({ window, grants, recent }),
    ...dialogHandlers({ window, grants }),
    'runs.trash': async ({ folder }) => {
      const listed = COMMANDS['runs.list'].output.parse(
        await library.request({ name: 'runs.list', input: {} }),
      );
      await trashRun(folder, { ...listed, moveToTrash: (place) => shell.trashItem(place) });
      return {};
    },
    'studio.reveal': async ({ path: place }) => {
      const { runs } = preferences;
      if (path.resolve(place) === path.resolve(runs.folder)) await showRuns(runs);
      else shell.showItemInFolder(path.resolve(place));
      return {};
    },
  };
}

type DialogCommands = 'latent.choosePicture' | 'export.chooseFolder' | 'export.chooseFile';

function dialogHandlers({
  window,
  grants,
}: {
  window: BrowserWindow;
  grants: Grants;
}): Pick<Handlers<'studio'>, DialogCommands> {
  return {
    'latent.choosePicture': async () => {
      const picture = await choosePicture(window);
      if (picture !== null) grants.grantReading(picture);
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
  };
}

type DatasetCommands = 'dataset.choose' | 'dataset.recent' | 'dataset.remember' | 'dataset.forget';

function datasetHandlers({
  window,
  grants,
  recent,
}: {
  window: BrowserWindow;
  grants: Grants;
  recent: RecentDatasets;
}): Pick<Handlers<'studio'>, DatasetCommands> {
  return {
    'dataset.choose': async ({ what }) => {
      const chosen = await chooseDataset(window, what);
      if (chosen === null) return { paths: null };
      const paths = placesOf(chosen);
      for (const place of paths) grants.grantReading(place);
      return { paths };
    },
    'dataset.recent': async () => recent.list,
    'dataset.remember': async (dataset) => {
      recent.remember(dataset);
      return {};
    },
    // Its places stay granted until the app ends: the data set on show, or another in the list, may lie
    // there.
    'dataset.forget': async ({ source }) => {
      recent.forget(source);
      return {};
    },
  };
}
