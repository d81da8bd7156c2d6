/** Answers what About shows: versions, and the licences that the build gathered. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { app, shell } from 'electron';
import { z } from 'zod';
import { StudioError, workSchema, type Handlers } from '#main/contract/index.ts';

/** Written by the build, beside the programs. */
const WORKS = path.join(__dirname, 'licences.json');
const CHROMIUM = 'LICENSES.chromium.html';

export const aboutHandlers: Pick<Handlers<'studio'>, 'studio.about' | 'studio.showChromiumLicences'> = {
  'studio.about': async () => {
    const works = z.array(workSchema).parse(JSON.parse(await fs.readFile(WORKS, 'utf8')));
    const { electron, chrome, node } = process.versions;
    const tensorflow = works.find(({ name }) => name === 'TensorFlow')?.version;
    return {
      versions: [
        { name: 'GAN Studio', version: app.getVersion() },
        { name: 'Electron', version: electron },
        { name: 'Chromium', version: chrome },
        { name: 'Node', version: node },
        ...(tensorflow === undefined ? [] : [{ name: 'TensorFlow', version: tensorflow }]),
      ],
      works,
    };
  },
  'studio.showChromiumLicences': async () => {
    const file = path.join(chromiumFolder(), CHROMIUM);
    const trouble = await shell.openPath(file);
    if (trouble)
      throw new StudioError({
        code: 'file-not-shown',
        message: `${file} could not be opened: ${trouble}.`,
        remedy: 'Open it in a browser yourself.',
      });
    return {};
  },
};

/** Where a packager puts Chromium's licences: beside the program, or on macOS among the app's resources. */
function chromiumFolder(): string {
  if (process.platform !== 'darwin') return path.dirname(app.getPath('exe'));
  // Unpackaged, they lie beside Electron.app.
  return app.isPackaged ? process.resourcesPath : path.resolve(app.getPath('exe'), '..', '..', '..', '..');
}
