/** The dialogs: those in which a person names a path answer null when they cancel. */
import { dialog, type BrowserWindow } from 'electron';
import type { CurrentRun, Failure } from '#main/contract/index.ts';
import { quitQuestion, type QuitAnswer } from './quit-question.ts';

const PICTURE_ENDINGS = [
  ...['png', 'jpg', 'jpeg', 'webp', 'avif', 'heic', 'heif'],
  ...['gif', 'tif', 'tiff', 'bmp'],
];

/** Asks for folders of pictures, or for picture files and zip archives. */
export async function chooseDataset(
  window: BrowserWindow,
  what: 'folder' | 'files',
): Promise<string[] | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    ...(what === 'folder'
      ? { title: 'Choose one or more folders of pictures', properties: ['openDirectory', 'multiSelections'] }
      : {
          title: 'Choose pictures or zip archives',
          properties: ['openFile', 'multiSelections'],
          filters: [
            { name: 'Pictures and zip archives', extensions: [...PICTURE_ENDINGS, 'zip'] },
            { name: 'All files', extensions: ['*'] },
          ],
        }),
  });
  return canceled || filePaths.length === 0 ? null : filePaths;
}

/** Asks for one picture. Its content decides whether it is one, so a file of any name can be chosen. */
export async function choosePicture(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose a picture',
    filters: [
      { name: 'Pictures', extensions: PICTURE_ENDINGS },
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks for the folder in which an export is made. */
export async function chooseExportFolder(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose the folder for the export',
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks for the folder that new runs go to; the dialog starts at the present one. */
export async function chooseRunsFolder(window: BrowserWindow, now: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Choose the folder for runs',
    defaultPath: now,
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks for the file that a picture goes to, as PNG, or a table where `name` ends in .csv. */
export async function chooseExportFile(window: BrowserWindow, name: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: name.endsWith('.csv') ? 'Save numbers' : 'Save picture',
    defaultPath: name,
    filters: [
      name.endsWith('.csv')
        ? { name: 'Table', extensions: ['csv'] }
        : { name: 'PNG picture', extensions: ['png'] },
    ],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || !filePath ? null : filePath;
}

/**
 * Asks what to do about a page that broke; `what` is such as 'ended unexpectedly'. True means to load it
 * again.
 */
export async function offerReload(window: BrowserWindow, what: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: `The window’s content ${what}.`,
    detail: 'A run that is training goes on. Load the window again to see it.',
    buttons: ['Load again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

/**
 * Asks what to do about a page that does not answer; true means to wait. The signal closes the question when
 * the page answers after all.
 */
export async function offerToWait(window: BrowserWindow, signal: AbortSignal): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not answer.',
    detail: 'A run that is training goes on. Wait for the window, or load it again: nothing on disk is lost.',
    buttons: ['Wait', 'Load again'],
    defaultId: 0,
    cancelId: 0,
    signal,
  });
  return response === 0;
}

/**
 * Asks whether to quit while a run is under way; `run` is undefined while the trainer is too busy to answer.
 */
export async function offerToQuit(window: BrowserWindow, run: CurrentRun | undefined): Promise<QuitAnswer> {
  const { answers, ...question } = quitQuestion(run);
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    ...question,
    buttons: answers.map(({ label }) => label),
    defaultId: 0,
    cancelId: answers.findIndex(({ answer }) => answer === 'stay'),
    noLink: true,
  });
  return answers[response]?.answer ?? 'stay';
}

/** Says why the last state of a run could not be saved after all. */
export async function tellNotSaved(window: BrowserWindow, { message, remedy }: Failure): Promise<void> {
  await dialog.showMessageBox(window, { type: 'error', message, detail: remedy, buttons: ['OK'] });
}
