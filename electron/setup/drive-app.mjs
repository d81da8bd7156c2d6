// @ts-check
/** Drives the packaged app with a file of e2e/ that is not part of the tests, on a screen of its own. */
import path from 'node:path';
import { openScreen } from './display.mjs';
import { ensure } from './environment.mjs';
import { packageApp } from './package.mjs';
import { modulesFolder, projectRoot } from './paths.mjs';
import { run } from './processes.mjs';
import { quietEnvironment } from './studio.mjs';

/**
 * @param {string} file its name in e2e/, such as app-start.bench.ts
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.environment] added to this program's own
 * @param {string} [options.reporter] Playwright's reporter; by default `line`
 * @param {boolean} [options.apart] whether a terminal's Ctrl+C does not reach it
 * @returns {Promise<number>} the exit code
 */
export async function driveApp(file, { environment, reporter, apart = false } = {}) {
  await ensure({ electron: true, window: true, screen: true });
  await packageApp();
  const screen = await openScreen();
  try {
    const playwright = path.join(modulesFolder, '@playwright', 'test', 'cli.js');
    const outcome = await run(
      process.execPath,
      [
        playwright,
        'test',
        '--config=playwright.driven.config.ts',
        file,
        ...(reporter ? [`--reporter=${reporter}`] : []),
      ],
      {
        cwd: projectRoot,
        environment: { ...quietEnvironment, ...screen.environment, ...environment },
        output: 'inherit',
        apart,
      },
    );
    return outcome.code;
  } finally {
    screen.stop();
  }
}
