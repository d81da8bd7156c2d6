// @ts-check
/** Turns what is left of another app into an Electron distribution like upstream's. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packArchive } from './asar.mjs';
import { defaultApp } from './default-app.mjs';
import { run } from './processes.mjs';
import { SetupError } from './report.mjs';

/**
 * Gives program, licence and version their usual names, and adds the app that opens a project folder. The
 * folder has no `resources` of the other app any more.
 * @param {string} folder
 * @param {{ version: string, program: string }} found program: what the other app calls the binary
 */
export async function completeDistribution(folder, { version, program }) {
  renameSync(path.join(folder, program), path.join(folder, 'electron'));
  renameSync(path.join(folder, 'LICENSE.electron.txt'), path.join(folder, 'LICENSE'));
  writeFileSync(path.join(folder, 'version'), version);
  mkdirSync(path.join(folder, 'resources'));
  writeFileSync(path.join(folder, 'resources', 'default_app.asar'), packArchive(defaultApp));
  await must('chmod', ['-R', 'go+rX', '.'], folder);
}

/**
 * Runs a program that helps to unpack; its failure ends the unpacking.
 * @param {string} command
 * @param {string[]} parameters
 * @param {string} cwd
 */
export async function must(command, parameters, cwd) {
  const outcome = await run(command, parameters, { cwd });
  if (outcome.code === 0) return;
  throw new SetupError({
    code: 'unpacking',
    facts: `A package could not be unpacked: ${command} failed. Its last words:\n${outcome.output}`,
    remedy:
      'Check the free disk space (2 GB are needed) and that the cache folder allows programs to run, then try again.',
  });
}
