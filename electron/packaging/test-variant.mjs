// @ts-check
/**
 * Makes the app that end-to-end tests drive: hard links to the packaged one, except for a program of its own,
 * whose fuses let Playwright in.
 */
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { place } from '../setup/files.mjs';
import { projectRoot } from './entries.mjs';
import { setFuses, testFuses } from './fuses.mjs';

/**
 * app: the folder in dist of the packaged app; program: the file in it that has the fuses.
 * @type {Partial<Record<NodeJS.Platform, { app: string, program: string }>>}
 */
const packaged = {
  linux: { app: 'linux-unpacked', program: 'gan-studio-window' },
  win32: { app: 'win-unpacked', program: 'gan-studio.exe' },
  darwin: {
    app: process.arch === 'arm64' ? 'mac-arm64' : 'mac',
    program: 'GAN Studio.app/Contents/Frameworks/Electron Framework.framework/Versions/A/Electron Framework',
  },
};

/** Makes dist/for-tests from the packaged app. */
export async function makeTestVariant() {
  const { app, program } = packaged[process.platform] ?? {};
  if (!app || !program)
    throw new Error(`The folder of the packaged app is not known for ${process.platform}.`);
  const release = path.join(projectRoot, 'dist', app);
  const variant = path.join(projectRoot, 'dist', 'for-tests');
  place(release, variant);
  // A change through a hard link would change the release too.
  rmSync(path.join(variant, program));
  copyFileSync(path.join(release, program), path.join(variant, program));
  await setFuses(
    process.platform === 'darwin' ? path.join(variant, 'GAN Studio.app') : path.join(variant, program),
    testFuses,
  );
}
