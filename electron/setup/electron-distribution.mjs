// @ts-check
/** Turns the Electron that another app contains into a distribution like upstream's. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packArchive } from './asar.mjs';
import { defaultApp } from './default-app.mjs';
import { SetupError } from './report.mjs';
import { runOrThrow } from './run-or-throw.mjs';

/**
 * Gives program, licence and version their usual names, and adds the default app.
 * @param {string} folder of the Electron, without the `resources` of the other app
 * @param {{ version: string, program: string }} found program: the name of Electron's binary in the other app
 */
export async function completeDistribution(folder, { version, program }) {
  renameSync(path.join(folder, program), path.join(folder, 'electron'));
  renameSync(path.join(folder, 'LICENSE.electron.txt'), path.join(folder, 'LICENSE'));
  writeFileSync(path.join(folder, 'version'), version);
  mkdirSync(path.join(folder, 'resources'));
  writeFileSync(path.join(folder, 'resources', 'default_app.asar'), packArchive(defaultApp));
  await unpackWith('chmod', ['-R', 'go+rX', '.'], folder);
}

/**
 * Runs a program that helps to unpack a package. Throws SetupError `unpacking` when it fails.
 * @param {string} command
 * @param {string[]} parameters
 * @param {string} cwd
 */
export function unpackWith(command, parameters, cwd) {
  const explain = (/** @type {string} */ trouble) =>
    new SetupError({
      code: 'unpacking',
      facts: `A package could not be unpacked: ${trouble}`,
      remedy:
        'Check the free disk space (2 GB are needed) and that the cache folder allows programs to run, then try again.',
    });
  return runOrThrow(command, parameters, { cwd, explain });
}
