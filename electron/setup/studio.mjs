// @ts-check
/** Opens the app, or trains in the terminal if no window can be shown; also runs the command line. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { hasDisplay } from './display.mjs';
import { readyElectron } from './electron.mjs';
import { ensure } from './environment.mjs';
import { buildFolder, projectRoot } from './paths.mjs';
import { attend } from './studio-output.mjs';
import { runForeground } from './processes.mjs';
import { say } from './report.mjs';

/**
 * Silences what tfjs-node prints about the processor, unless the caller's environment sets the level itself.
 */
export const quietEnvironment = { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env };

/**
 * Opens the app.
 * @param {string[]} parameters passed on to the app
 * @returns {Promise<number>} the exit code
 */
export async function start(parameters) {
  if (!hasDisplay()) {
    say(
      'No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): training in the terminal instead of opening the studio.',
    );
    return commandLine(['demo', ...parameters]);
  }
  await ensure({ electron: true, window: true, build: true });
  const electron = readyElectron();
  if (!electron) throw new Error('Electron went missing while it was being started');
  const sandbox = sandboxFlags(electron.dist);
  return runForeground(electron.executable, [...sandbox, projectRoot, ...parameters], {
    environment: quietEnvironment,
    attend,
  });
}

/**
 * Runs the command line in the folder that npm was called from; only its own output goes to standard output.
 * @param {string[]} parameters
 * @returns {Promise<number>} its exit code
 */
export async function commandLine(parameters) {
  await ensure({ build: true });
  return runForeground(process.execPath, [path.join(buildFolder, 'cli.cjs'), ...parameters], {
    environment: quietEnvironment,
    cwd: process.env['INIT_CWD'],
  });
}

/**
 * Prints figures of the code: of this folder, or of commits.
 * @param {string[]} parameters the commits
 * @returns {Promise<number>} the exit code
 */
export async function measureCode(parameters) {
  await ensure({});
  return runForeground(
    process.execPath,
    [path.join(projectRoot, 'electron', 'packaging', 'measure-code.mjs'), ...parameters],
    { environment: quietEnvironment },
  );
}

/**
 * Switches Chromium’s sandbox off where it cannot start: as root, and where the system forbids programs user
 * namespaces.
 * @param {string} dist
 * @returns {string[]}
 */
function sandboxFlags(dist) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const restricted =
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns'].some((file) => readNumber(file) === 1) ||
    readNumber('/proc/sys/kernel/unprivileged_userns_clone') === 0;
  const helper = statSync(path.join(dist, 'chrome-sandbox'), { throwIfNoEntry: false });
  const helperWorks = helper?.uid === 0 && (helper.mode & 0o4000) !== 0;
  if (!restricted || helperWorks) return [];
  say(
    'This system does not let programs use user namespaces, so the window runs without Chromium’s sandbox.',
  );
  return ['--no-sandbox'];
}

/** @param {string} file */
function readNumber(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
