// @ts-check
/**
 * Runs electron-builder: a folder that runs by itself, or the installers named on the command line (deb,
 * AppImage, dmg, nsis).
 */
import path from 'node:path';
import { Platform, build } from 'electron-builder';
import { projectRoot } from './entries.mjs';

const installers = process.argv.slice(2);
process.chdir(projectRoot);
await build({
  projectDir: projectRoot,
  config: path.join('electron', 'packaging', 'electron-builder.mjs'),
  targets: Platform.current().createTarget(installers.length > 0 ? installers : 'dir'),
  publish: 'never',
}).catch((/** @type {Error} */ error) => {
  console.error(error.message);
  process.exitCode = 1;
});
