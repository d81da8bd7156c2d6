// @ts-check
/** Drives the packaged app by a file of e2e/ that no test run includes, on a screen of its own. */
import path from 'node:path';
import { openScreen } from './display.mjs';
import { ensure } from './environment.mjs';
import { packageApp } from './package.mjs';
import { modulesFolder, projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { quietEnvironment } from './studio.mjs';

/**
 * @param {object} driven
 * @param {string} driven.config Playwright's, such as playwright.bench.config.ts
 * @param {string} driven.file the name of the file in e2e/
 * @param {Record<string, string>} [driven.environment] added to this program's own
 * @returns {Promise<number>} the exit code
 */
export async function driveApp({ config, file, environment = {} }) {
  await ensure({ electron: true, window: true, screen: true });
  await packageApp();
  const screen = await openScreen();
  try {
    const playwright = path.join(modulesFolder, '@playwright', 'test', 'cli.js');
    const outcome = await run(process.execPath, [playwright, 'test', `--config=${config}`, file], {
      cwd: projectRoot,
      environment: { ...quietEnvironment, ...screen.environment, ...environment },
      output: 'inherit',
    });
    return outcome.code;
  } finally {
    screen.stop();
  }
}
