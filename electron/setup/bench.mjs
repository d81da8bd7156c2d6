// @ts-check
/** Runs a benchmark: those of the core in the command line, those of the window on the packaged app. */
import { driveApp } from './drive-app.mjs';
import { commandLine } from './studio.mjs';
import { coldNeeds, ensureSystemPackages } from './system-libraries.mjs';

/** The benchmarks of the packaged app. */
const ofTheWindow = ['app-window', 'app-start', 'exported-page'];

/**
 * @param {string[]} parameters the name of the benchmark, and its flags
 * @returns {Promise<number>} the exit code
 */
export async function bench(parameters) {
  const [name = ''] = parameters;
  if (!ofTheWindow.includes(name)) return commandLine(['bench', ...parameters]);
  if (name === 'app-start') await ensureSystemPackages(coldNeeds);
  return driveApp(`${name}.bench.ts`);
}
