// @ts-check
/**
 * The app that end-to-end tests drive: the packaged one, link by link, but for a program of its own whose fuses let
 * Playwright in.
 */
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { place } from '../setup/files.mjs';
import { projectRoot } from './entries.mjs';
import { setFuses, testFuses } from './fuses.mjs';

/** Where each system's packaged app lies, its variant for tests, and what in it has the fuses. @type {Partial<Record<NodeJS.Platform, { app: string, program: string }>>} */
const packaged = {
  linux: { app: 'linux-unpacked', program: 'gan-studio-window' },
  win32: { app: 'win-unpacked', program: 'gan-studio.exe' },
  darwin: {
    app: process.arch === 'arm64' ? 'mac-arm64' : 'mac',
    program: 'GAN Studio.app/Contents/Frameworks/Electron Framework.framework/Versions/A/Electron Framework',
  },
};

/** Makes dist/for-tests of the app in dist. */
export async function makeTestVariant() {
  const { app, program } = packaged[process.platform] ?? {};
  if (!app || !program) throw new Error(`Where the packaged app lies on ${process.platform} is not known.`);
  const release = path.join(projectRoot, 'dist', app);
  const variant = path.join(projectRoot, 'dist', 'for-tests');
  place(release, variant);
  // A link would change the release, too.
  rmSync(path.join(variant, program));
  copyFileSync(path.join(release, program), path.join(variant, program));
  await setFuses(
    process.platform === 'darwin' ? path.join(variant, 'GAN Studio.app') : path.join(variant, program),
    testFuses,
  );
}
