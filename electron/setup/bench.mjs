// @ts-check
/**
 * Measures: the core's own benchmarks run in the command line; what the window costs is measured on the
 * packaged app.
 */
import path from 'node:path';
import { openScreen } from './display.mjs';
import { ensure } from './environment.mjs';
import { packageApp } from './package.mjs';
import { modulesFolder, projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { commandLine, quietEnvironment } from './studio.mjs';
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
  await ensure({ electron: true, window: true, screen: true });
  if (name === 'app-start') await ensureSystemPackages(coldNeeds);
  await packageApp();
  const screen = await openScreen();
  try {
    const playwright = path.join(modulesFolder, '@playwright', 'test', 'cli.js');
    const outcome = await run(
      process.execPath,
      [playwright, 'test', '--config=playwright.bench.config.ts', `${name}.bench.ts`],
      {
        cwd: projectRoot,
        environment: { ...quietEnvironment, ...screen.environment },
        output: 'inherit',
      },
    );
    return outcome.code;
  } finally {
    screen.stop();
  }
}
