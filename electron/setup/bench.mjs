// @ts-check
/**
 * Measures: the core's own benchmarks run in the command line; what the window costs is measured on the
 * packaged app.
 */
import { driveApp } from './drive-app.mjs';
import { commandLine } from './studio.mjs';
import { coldNeeds, ensureSystemPackages } from './system-libraries.mjs';

/** Those that measure the packaged app. */
const ofTheWindow = ['app-window', 'app-start', 'exported-page'];

/**
 * @param {string[]} parameters what to measure, and its flags
 * @returns {Promise<number>} the exit code
 */
export async function bench(parameters) {
  const [name = ''] = parameters;
  if (!ofTheWindow.includes(name)) return commandLine(['bench', ...parameters]);
  if (name === 'app-start') await ensureSystemPackages(coldNeeds);
  return driveApp(`${name}.bench.ts`);
}
