/**
 * Stubs of dialogs, the file manager and the trash, for an app that nobody uses: each use is noted, and
 * answered with what was granted.
 */
import type Fs from 'node:fs';
import type { ElectronApplication } from '@playwright/test';

type Granted = { folder: string; file: string; all: string[] };
type Asked = { counts: Record<string, number>; outside: string[] };
/** What the stubs share in the main process, kept on `dialog`. */
type Notes = {
  asked: Asked;
  fs: typeof Fs;
  /** Counts a use, and checks that the path was granted. */
  note(what: string, place?: string): void;
};
type Noting = { notes: Notes };
type Trash = { bin: string; isGone: boolean };

/**
 * From here on dialogs choose the granted folder or file, and what is trashed is moved to the folder `trash`.
 * A copy of it comes back unless `isGone`, so that there is always a run to name.
 */
export async function stubDesktop(
  app: ElectronApplication,
  { granted, trash, isGone = false }: { granted: Granted; trash: string; isGone?: boolean },
): Promise<void> {
  await takeNotes(app, granted.all);
  await stubDialogs(app, granted);
  await stubShell(app, { bin: trash, isGone });
}

function takeNotes(app: ElectronApplication, all: string[]): Promise<void> {
  return app.evaluate(({ dialog }, granted) => {
    const { mainModule } = process as unknown as { mainModule: { require(name: string): unknown } };
    const fs = mainModule.require('node:fs') as typeof Fs;
    const asked: Asked = { counts: {}, outside: [] };
    const note = (what: string, place?: string) => {
      asked.counts[what] = (asked.counts[what] ?? 0) + 1;
      if (place === undefined) return;
      const real = fs.existsSync(place) ? fs.realpathSync(place) : place;
      if (!granted.some((each) => `${real}/`.startsWith(`${fs.realpathSync(each)}/`)))
        asked.outside.push(`${what} of ${place}`);
    };
    Object.assign(dialog, { notes: { asked, fs, note } satisfies Notes });
  }, all);
}

function stubDialogs(app: ElectronApplication, granted: Granted): Promise<void> {
  return app.evaluate(({ dialog }, { folder, file, all }) => {
    const { note } = (dialog as unknown as Noting).notes;
    let turn = 0;
    // Every other dialog is cancelled.
    const filePaths = (place: string) => (turn++ % 2 === 0 ? [place] : []);
    Object.assign(dialog, {
      showOpenDialog: (_window: unknown, { title }: { title?: string }) => {
        note('dialog');
        const chosen = filePaths(title === 'Choose the folder for runs' ? all[0]! : folder);
        return Promise.resolve({ canceled: chosen.length === 0, filePaths: chosen });
      },
      showSaveDialog: () => {
        note('dialog to save');
        return Promise.resolve({ canceled: turn++ % 2 === 0, filePath: file });
      },
      showMessageBox: () => {
        note('question');
        return Promise.resolve({ response: 0, checkboxChecked: false });
      },
    });
  }, granted);
}

function stubShell(app: ElectronApplication, trash: Trash): Promise<void> {
  return app.evaluate(({ dialog, shell }, { bin, isGone }) => {
    const { asked, fs, note } = (dialog as unknown as Noting).notes;
    fs.mkdirSync(bin, { recursive: true });
    Object.assign(shell, {
      trashItem: (place: string) => {
        note('trash', place);
        const kept = `${bin}/${asked.counts['trash']}`;
        fs.renameSync(place, kept);
        if (!isGone)
          setTimeout(() => fs.existsSync(place) || fs.cpSync(kept, place, { recursive: true }), 100);
        return Promise.resolve();
      },
      showItemInFolder: (place: string) => note('reveal', place),
      openPath: (place: string) => {
        note(place.endsWith('LICENSES.chromium.html') ? 'licences' : 'open');
        if (!place.endsWith('LICENSES.chromium.html')) note('open', place);
        return Promise.resolve('');
      },
      openExternal: (address: string) => {
        note('open in the browser');
        asked.outside.push(address);
        return Promise.resolve();
      },
    });
  }, trash);
}

/** What was asked for since `stubDesktop`, and which of it was not granted. */
export function askedOutside(app: ElectronApplication): Promise<Asked> {
  return app.evaluate(({ dialog }) => (dialog as unknown as Noting).notes.asked);
}
