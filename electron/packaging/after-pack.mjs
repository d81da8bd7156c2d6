// @ts-check
/**
 * Finishes an app that electron-builder has packaged: sets its fuses and, on Linux, gives the name gan-studio
 * to the script that opens the window or runs the command line.
 */
import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './entries.mjs';
import { releaseFuses, setFuses } from './fuses.mjs';

/** @param {import('electron-builder').AfterPackContext} context */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  const program = {
    darwin: `${productFilename}.app`,
    win32: 'gan-studio.exe',
    linux: 'gan-studio',
  }[/** @type {'darwin' | 'win32' | 'linux'} */ (electronPlatformName)];
  rmSync(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
  await setFuses(path.join(appOutDir, program), releaseFuses);
  if (electronPlatformName === 'linux') giveNameToScript(appOutDir);
}

/** @param {string} folder */
function giveNameToScript(folder) {
  const script = path.join(folder, 'gan-studio');
  renameSync(script, path.join(folder, 'gan-studio-window'));
  copyFileSync(path.join(projectRoot, 'assets', 'linux', 'gan-studio.sh'), script);
  chmodSync(script, 0o755);
}
